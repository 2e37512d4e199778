// Package wait_signal_kept: a condition is waited for, tested in a loop, under a lock
// that the signaller does not need: no signal is lost.
package wait_signal_kept

import "sync"

// want nothing

type Queue struct {
	cond *sync.Cond
	n    int
}

func (q *Queue) get() {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	for q.n == 0 {
		q.cond.Wait()
	}
	q.n--
}

func (q *Queue) put() {
	q.cond.L.Lock()
	q.n++
	q.cond.L.Unlock()
	q.cond.Signal()
}

type Control struct {
	workers sync.RWMutex
	queue   *Queue
}

func New() *Control { return &Control{queue: &Queue{cond: sync.NewCond(&sync.Mutex{})}} }

func (c *Control) Work() {
	c.workers.RLock()
	defer c.workers.RUnlock()
	c.queue.get()
}

func (c *Control) Sync() {
	c.workers.Lock()
	defer c.workers.Unlock()
}

func (c *Control) Add() { c.queue.put() }
