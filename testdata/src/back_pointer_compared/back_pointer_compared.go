// Package back_pointer_compared: the pool asks a worker with the lock held
// only if the worker belongs to another pool, which none does.
package back_pointer_compared

import "sync"

// want nothing

type Pool struct {
	mu     sync.Mutex
	worker *worker
	load   int
}

type worker struct{ pool *Pool }

func NewPool() *Pool {
	p := &Pool{}
	p.worker = &worker{pool: p}
	return p
}

func (w *worker) report() {
	w.pool.mu.Lock()
	w.pool.reportLocked()
	w.pool.mu.Unlock()
}

func (p *Pool) reportLocked() { p.load++ }

func (p *Pool) Step() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if w := p.worker; w.pool == p {
		p.reportLocked()
	} else {
		w.report()
	}
}
