// Package recovered_panic_edge: a path that panics is recovered in the same
// function, whose deferred call takes the second lock under the first.
package recovered_panic_edge

import "sync"

type Engine struct {
	mu   sync.Mutex
	runs int
}

type Report struct {
	mu sync.Mutex
	n  int
}

func (e *Engine) Run(f func(), r *Report) {
	e.mu.Lock()
	defer e.mu.Unlock()
	defer func() {
		if x := recover(); x != nil {
			r.mu.Lock() // want cycle: Engine.mu Report.mu
			r.n++
			r.mu.Unlock()
		}
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
