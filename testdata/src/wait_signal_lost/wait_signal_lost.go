// Package wait_signal_lost: a condition is waited for, untested, under a lock that
// others need; a signal that comes before the wait is lost.
package wait_signal_lost

import "sync"

type Queue struct{ cond *sync.Cond }

func (q *Queue) get() {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	q.cond.Wait() // want wait: Control.workers Queue.cond
}

func (q *Queue) put() { q.cond.Signal() }

type Control struct {
	workers sync.RWMutex
	queue   *Queue
}

func New() *Control { return &Control{queue: &Queue{sync.NewCond(&sync.Mutex{})}} }

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
