// Package chan_as_mutex_one_order: a buffered channel of one token is a mutex,
// taken in one order with another.
package chan_as_mutex_one_order

import "sync"

// want nothing

type Printer struct {
	mu    sync.Mutex
	token chan struct{}
	jobs  int
}

func NewPrinter() *Printer {
	return &Printer{token: make(chan struct{}, 1)}
}

func (p *Printer) Print() {
	p.token <- struct{}{}
	p.mu.Lock()
	p.jobs++
	p.mu.Unlock()
	<-p.token
}

func (p *Printer) Cancel() {
	p.token <- struct{}{}
	defer func() { <-p.token }()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.jobs--
}
