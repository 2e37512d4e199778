// Package goker_kubernetes_58107_like: a worker waits for an item with the
// controller's read lock held; who puts items needs it too, and a waiting
// writer keeps him out.
package goker_kubernetes_58107_like

import "sync"

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
	workers sync.RWMutex
	queue   *Queue
	quota   int
}

func (c *Controller) Work() {
	c.workers.RLock()
	defer c.workers.RUnlock()
	c.quota -= c.queue.get() // want wait: Controller.workers Queue.cond
}

func (c *Controller) Add(v int) {
	c.workers.RLock()
	defer c.workers.RUnlock()
	if v < c.quota {
		c.queue.put(v)
	}
}

func (c *Controller) Sync() {
	c.workers.Lock()
	defer c.workers.Unlock()
	c.quota++
}
