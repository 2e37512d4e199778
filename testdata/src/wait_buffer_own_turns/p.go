// Package wait_buffer_own_turns: a channel made for each turn of a loop has room
// for the one value of that turn; one made before the loop has not for all.
package wait_buffer_own_turns

import "sync"

type Pool struct {
	mu    sync.Mutex
	names []string
	done  map[string]bool
}

func (p *Pool) Each() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, name := range p.names {
		one := make(chan string, 1)
		one <- name
		go p.mark(one)
	}
}

func (p *Pool) All() {
	all := make(chan string, 2)
	go p.finish(all)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, name := range p.names {
		all <- name // want wait: Pool.mu (*Pool).All.chan1
	}
	close(all)
}

func (p *Pool) mark(one chan string) {
	for {
		p.mu.Lock()
		p.done[<-one] = true
		p.mu.Unlock()
	}
}

func (p *Pool) finish(all chan string) {
	for name := range all {
		p.mu.Lock()
		p.done[name] = true
		p.mu.Unlock()
	}
}
