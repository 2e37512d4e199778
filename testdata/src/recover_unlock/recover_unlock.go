// Package recover_unlock: a deferred function recovers and unlocks.
package recover_unlock

import "sync"

// want nothing

type Engine struct {
	mu   sync.Mutex
	runs int
	err  any
}

type Report struct {
	mu sync.Mutex
	n  int
}

func (e *Engine) Run(f func(), r *Report) {
	e.safely(f)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
}

func (e *Engine) safely(f func()) {
	e.mu.Lock()
	defer func() {
		e.err = recover()
		e.mu.Unlock()
	}()
	e.runs++
	f()
}

func (r *Report) Print(e *Engine) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e.mu.Lock()
	defer e.mu.Unlock()
	r.n += e.runs
}

// want no edge: Engine.mu -> Report.mu
