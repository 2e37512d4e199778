// Package generic_alone_split: of a generic type one method is called for ints,
// and the others for nothing in view. Of these one sends under the lock; of its
// receivers the one that nothing calls needs the lock first, the other does not.
package generic_alone_split

import "sync"

// want nothing

type Queue[T any] struct {
	mu  sync.Mutex
	get chan T
	n   int
}

func New[T any]() *Queue[T] { return &Queue[T]{get: make(chan T)} }

func (q *Queue[T]) Put(v T) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.get <- v
}

func (q *Queue[T]) Serve() {
	for range q.get {
	}
}

func (q *Queue[T]) Take() T {
	q.mu.Lock()
	q.n++
	q.mu.Unlock()
	return <-q.get
}

func Ints() {
	q := New[int]()
	q.Serve()
}
