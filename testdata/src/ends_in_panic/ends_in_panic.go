// Package ends_in_panic: one of the two orders occurs only on a path that must
// end in a panic.
package ends_in_panic

import "sync"

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
		t.lines++
		t.mu.Unlock()
		panic("pager: freed twice")
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
