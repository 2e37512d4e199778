// Package pointer_alias_field: a struct holds a pointer to another's mutex;
// the lock is one class by its owner.
package pointer_alias_field

import "sync"

type Broker struct {
	mu     sync.Mutex
	queues []*Queue
}

type Queue struct {
	mu   *sync.Mutex
	acks sync.Mutex
	n    int
}

func (b *Broker) NewQueue() *Queue {
	q := &Queue{mu: &b.mu}
	return q
}

func (q *Queue) Push() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.acks.Lock()
	defer q.acks.Unlock()
	q.n++
}

func (q *Queue) Ack(b *Broker) {
	q.acks.Lock()
	defer q.acks.Unlock()
	b.mu.Lock() // want cycle: Broker.mu Queue.acks
	defer b.mu.Unlock()
	b.queues = append(b.queues, q)
}
