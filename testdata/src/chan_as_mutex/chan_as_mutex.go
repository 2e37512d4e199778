// Package chan_as_mutex: a buffered channel of one token is a mutex, taken in
// both orders with another.
package chan_as_mutex

import "sync"

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
	p.mu.Lock() // want cycle|wait: Printer.mu Printer.token
	p.jobs++
	p.mu.Unlock()
	<-p.token
}

func (p *Printer) Cancel() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.token <- struct{}{}
	p.jobs--
	<-p.token
}
