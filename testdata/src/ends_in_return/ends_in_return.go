// Package ends_in_return: the same as ends_in_panic, but the path goes on.
package ends_in_return

import "sync"

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
		t.mu.Lock() // want cycle: Pager.mu Trace.mu
		t.lines++
		t.mu.Unlock()
		return
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
