// Package three_locks_chain: three locks, each taken under another, with no
// way back.
package three_locks_chain

import "sync"

// want nothing

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
	c.mu.Lock()
	defer c.mu.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pos -= c.errs
}

// want edge: Checker.mu -> Parser.mu
// want edge: Parser.mu -> Lexer.mu
// want edge: Checker.mu -> Lexer.mu
