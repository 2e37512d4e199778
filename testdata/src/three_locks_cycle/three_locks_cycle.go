// Package three_locks_cycle: three locks, each taken under another, round in a
// ring.
package three_locks_cycle

import "sync"

type Lexer struct {
	mu  sync.Mutex
	pos int
}

type Parser struct {
	mu    sync.Mutex
	depth int
}

type Checker struct {
	mu   sync.Mutex
	errs int
}

func Parse(l *Lexer, p *Parser) {
	p.mu.Lock()
	defer p.mu.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	p.depth = l.pos
}

func Check(p *Parser, c *Checker) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	c.errs = p.depth
}

func Rewind(l *Lexer, c *Checker) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c.mu.Lock() // want cycle: Lexer.mu Parser.mu Checker.mu
	defer c.mu.Unlock()
	l.pos -= c.errs
}
