// Package cond_own_lock: two Conds, each with a mutex made for it, are two
// locks: what is taken under the one and what takes the other make no cycle.
package cond_own_lock

import "sync"

// want nothing

type queue struct {
	cond *sync.Cond
	n    int
	to   *conn
}

func newQueue(to *conn) *queue {
	return &queue{cond: sync.NewCond(&sync.Mutex{}), to: to}
}

func (q *queue) Clear() {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	q.to.mu.Lock()
	q.n = 0
	q.to.mu.Unlock()
}

type reader struct {
	cond *sync.Cond
	n    int
}

type conn struct {
	mu   sync.Mutex
	from *reader
}

func newConn() *conn {
	return &conn{from: &reader{cond: &sync.Cond{L: &sync.Mutex{}}}}
}

func (c *conn) Flush() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.from.cond.L.Lock()
	c.from.n = 0
	c.from.cond.L.Unlock()
}

func Run() {
	c := newConn()
	q := newQueue(c)
	go q.Clear()
	go c.Flush()
}
