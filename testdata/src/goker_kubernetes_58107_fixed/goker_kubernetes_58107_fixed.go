// Package goker_kubernetes_58107_fixed: the workers take the controller's read
// lock after they have got an item, not while they wait for one.
package goker_kubernetes_58107_fixed

import "sync"

// want nothing

type Queue struct {
	cond  *sync.Cond
	items []int
}

func NewQueue() *Queue { return &Queue{cond: sync.NewCond(&sync.Mutex{})} }

func (q *Queue) get() int {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	for len(q.items) == 0 {
		q.cond.Wait()
	}
	v := q.items[0]
	q.items = q.items[1:]
	return v
}

func (q *Queue) put(v int) {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	q.items = append(q.items, v)
	q.cond.Signal()
}

type Controller struct {
	workers        sync.RWMutex
	fresh, missing *Queue
	quota          int
}

func (c *Controller) Work() {
	v := c.fresh.get()
	c.workers.RLock()
	defer c.workers.RUnlock()
	if v > c.quota {
		c.missing.put(v)
	}
}

func (c *Controller) Retry() {
	v := c.missing.get()
	c.workers.RLock()
	defer c.workers.RUnlock()
	c.fresh.put(v)
}

func (c *Controller) Sync() {
	c.workers.Lock()
	defer c.workers.Unlock()
	c.quota++
}
