// Package goker_cockroach_16167_like: the read side of a lock, kept as a
// sync.Locker in a condition, is taken again as a read lock some calls down.
package goker_cockroach_16167_like

import "sync"

type Session struct{ prepared int }

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

func (e *Executor) Exec(s *Session) {
	e.cond.L.Lock()
	defer e.cond.L.Unlock()
	s.prepare(e)
}

func (s *Session) prepare(e *Executor) { s.prepared = e.cache() }

func (e *Executor) cache() int {
	e.mu.RLock() // want rlock: Executor.mu
	defer e.mu.RUnlock()
	return e.config
}

func (e *Executor) Update() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.config++
}
