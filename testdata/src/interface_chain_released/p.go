// Package interface_chain_released: as interface_chain, but the client gives its
// lock back before it replies.
package interface_chain_released

import "sync"

// want nothing

// App is what runs requests.
type App interface{ Check(n int) int }

type counter struct{ n int }

func (c *counter) Check(n int) int { c.n += n; return c.n }

type constant int

func (c constant) Check(n int) int { return int(c) + n }

// Client talks to an App.
type Client interface {
	Check(n int)
	Commit()
	OnReply(f func(int))
}

// A local client runs the App itself, under its lock.
type local struct {
	mu    sync.Mutex
	app   App
	reply func(int)
}

func (l *local) OnReply(f func(int)) {
	l.mu.Lock()
	l.reply = f
	l.mu.Unlock()
}

func (l *local) Check(n int) {
	l.mu.Lock()
	sum, reply := l.app.Check(n), l.reply
	l.mu.Unlock()
	reply(sum)
}

func (l *local) Commit() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.app.Check(0)
}

// A remote client has nobody to talk to.
type remote struct{ sent int }

func (r *remote) OnReply(f func(int)) {}
func (r *remote) Check(n int)         { r.sent++ }
func (r *remote) Commit()             { r.sent++ }

// Consensus is what a block needs of a Client.
type Consensus interface{ Commit() }

type direct struct{ c Client }

func (d *direct) Commit() { d.c.Commit() }

type none struct{}

func (none) Commit() {}

// Mempool is what a block locks while it commits.
type Mempool interface {
	Lock()
	Unlock()
	Add(n int)
}

// A Pool checks what is added to it.
type Pool struct {
	mu  sync.Mutex
	c   Client
	sum int
}

func NewPool(c Client) *Pool {
	p := &Pool{c: c}
	c.OnReply(p.checked)
	return p
}

func (p *Pool) Lock()     { p.mu.Lock() }
func (p *Pool) Unlock()   { p.mu.Unlock() }
func (p *Pool) Add(n int) { p.c.Check(n) }

func (p *Pool) checked(n int) {
	p.mu.Lock()
	p.sum += n
	p.mu.Unlock()
}

type noPool struct{}

func (noPool) Lock()     {}
func (noPool) Unlock()   {}
func (noPool) Add(n int) {}

type counting struct{ n int }

func (c *counting) of(n int) { c.n += n }

func commit(m Mempool, c Consensus) {
	m.Lock()
	defer m.Unlock()
	c.Commit()
}

// Run is a node of one kind or another.
func Run(kind string) {
	var c Client = &remote{}
	var app App = constant(1)
	if kind == "count" {
		app = &counter{}
	}
	var m Mempool = noPool{}
	var cons Consensus = none{}
	if kind != "remote" {
		c = &local{app: app}
	}
	if kind == "alone" {
		c.OnReply((&counting{}).of)
	} else {
		m, cons = NewPool(c), &direct{c}
	}
	go m.Add(1)
	commit(m, cons)
}
