// Package back_pointer_child: a worker that the constructor makes knows its pool, and
// is asked under the lock of the pool, which it takes.
package back_pointer_child

import "sync"

type Pool struct {
	mu     sync.Mutex
	worker *worker
	load   int
}

type worker struct{ pool *Pool }

func newWorker(p *Pool) *worker { return &worker{pool: p} }

func NewPool() *Pool {
	p := &Pool{}
	p.worker = newWorker(p)
	return p
}

func (w *worker) report() {
	w.pool.mu.Lock() // want relock: Pool.mu
	w.pool.load++
	w.pool.mu.Unlock()
}

func (p *Pool) Step() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.worker.report()
}
