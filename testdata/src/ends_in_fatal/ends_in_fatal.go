// Package ends_in_fatal: one of the two orders occurs only on a path that must
// end in log.Fatal.
package ends_in_fatal

import (
	"log"
	"sync"
)

// want nothing

type Pager struct {
	mu   sync.Mutex
	free int
}

type Trace struct {
	mu    sync.Mutex
	lines int
}

func (p *Pager) Free(t *Trace, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n > p.free {
		t.mu.Lock()
		defer t.mu.Unlock()
		log.Fatalf("pager: freed twice after %d lines", t.lines)
	}
	p.free -= n
}

func (t *Trace) Flush(p *Pager) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	t.lines += p.free
}
