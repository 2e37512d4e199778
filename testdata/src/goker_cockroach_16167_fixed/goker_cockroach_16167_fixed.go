// Package goker_cockroach_16167_fixed: the read side of a lock, taken through
// a condition's L, is released before it is taken again.
package goker_cockroach_16167_fixed

import "sync"

// want nothing

type Executor struct {
	cond   *sync.Cond
	mu     sync.RWMutex
	config int
}

func NewExecutor() *Executor {
	e := &Executor{}
	e.cond = sync.NewCond(e.mu.RLocker())
	return e
}

func (e *Executor) cache() int {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.config
}

func (e *Executor) Exec() int {
	e.cond.L.Lock()
	for e.config == 0 {
		e.cond.Wait()
	}
	e.cond.L.Unlock()
	return e.cache()
}

func (e *Executor) Update() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.config++
	e.cond.Broadcast()
}
