// Package cond_own_lock_cycle: a Cond with a mutex made for it, in a field and
// by value, has a lock that is named by who holds the Cond.
package cond_own_lock_cycle

import "sync"

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
	q.to.mu.Lock() // want cycle: queue.cond.L conn.mu
	q.n = 0
	q.to.mu.Unlock()
}

type conn struct {
	mu   sync.Mutex
	wake sync.Cond
	from *queue
	n    int
}

func newConn() *conn {
	c := &conn{}
	c.wake.L = new(sync.Mutex)
	return c
}

func (c *conn) Flush() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.from.cond.L.Lock()
	c.from.n = 0
	c.from.cond.L.Unlock()
}

func (c *conn) Wake() {
	c.wake.L.Lock()
	defer c.wake.L.Unlock()
	c.mu.Lock() // want cycle: conn.wake.L conn.mu
	c.n++
	c.mu.Unlock()
}

func (c *conn) Sleep() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wake.L.Lock()
	c.n--
	c.wake.L.Unlock()
}

func Run() {
	c := newConn()
	c.from = newQueue(c)
	go c.from.Clear()
	go c.Flush()
	go c.Wake()
	go c.Sleep()
}
