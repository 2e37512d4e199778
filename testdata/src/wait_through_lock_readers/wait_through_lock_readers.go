// Package wait_through_lock_readers: the other lock is only ever read-locked.
package wait_through_lock_readers

import "sync"

// want nothing

type Pool struct {
	mu      sync.Mutex
	workers sync.WaitGroup
	idle    int
}

type Table struct {
	mu   sync.RWMutex
	pool *Pool
	jobs map[string]int
}

func (t *Table) known(name string) bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	_, ok := t.jobs[name]
	return ok
}

func (t *Table) Busy() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.jobs) - t.pool.Idle()
}

func (p *Pool) Idle() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.idle
}

func (p *Pool) Go(t *Table, name string) {
	p.workers.Add(1)
	go func() {
		defer p.workers.Done()
		if t.known(name) {
			return
		}
	}()
}

func (p *Pool) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.workers.Wait()
	p.idle = 0
}
