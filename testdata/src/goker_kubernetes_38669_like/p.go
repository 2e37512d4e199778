// Package goker_kubernetes_38669_like: an event is waited for under the lock
// that its only sender takes.
package goker_kubernetes_38669_like

import "sync"

type Queue struct {
	mu     sync.Mutex
	put    int
	events chan int
}

func (q *Queue) Put(n int) {
	q.mu.Lock()
	q.put++
	q.mu.Unlock()
	q.events <- n
}

func (q *Queue) Get() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return <-q.events // want wait: Queue.mu Queue.events
}
