// Package cond_wait_retakes: Wait takes its lock again while a lock that was
// taken under it is still held: the order is turned round.
package cond_wait_retakes

import "sync"

type Queue struct {
	mu     sync.Mutex
	cond   *sync.Cond
	statMu sync.Mutex
	waits  int
	ready  bool
}

func NewQueue() *Queue {
	q := &Queue{}
	q.cond = sync.NewCond(&q.mu)
	return q
}

func (q *Queue) Await() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.statMu.Lock()
	defer q.statMu.Unlock()
	for !q.ready {
		q.waits++
		q.cond.Wait() // want cycle: Queue.mu Queue.statMu
	}
}

func (q *Queue) Ready() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ready = true
	q.cond.Broadcast()
}
