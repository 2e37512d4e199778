// Package wait_buffer_full: a queue of one place is filled under a lock that its
// server takes for another of its cases.
package wait_buffer_full

import (
	"sync"
	"time"
)

type Tokens struct {
	mu    sync.Mutex
	names chan string
	all   map[string]bool
	keep  func(string)
}

func New() *Tokens {
	t := &Tokens{names: make(chan string, 1), all: make(map[string]bool)}
	t.keep = func(name string) {
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.all, name)
	}
	go t.serve(time.NewTicker(time.Second))
	return t
}

func (t *Tokens) serve(tick *time.Ticker) {
	last := ""
	for {
		select {
		case last = <-t.names:
		case <-tick.C:
			t.keep(last)
		}
	}
}

func (t *Tokens) Assign(name string) {
	t.mu.Lock()
	t.all[name] = true
	t.names <- name // want wait: Tokens.mu Tokens.names
	t.mu.Unlock()
}
