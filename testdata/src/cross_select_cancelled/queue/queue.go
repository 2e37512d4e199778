// Package queue has what is put into it handed to a function, by a goroutine.
package queue

import "context"

// A Queue ends when it is closed.
type Queue struct {
	ch   chan int
	quit chan struct{}
	f    func(int)
}

// New starts one.
func New(f func(int)) *Queue {
	q := &Queue{ch: make(chan int), quit: make(chan struct{}), f: f}
	go q.run()
	return q
}

func (q *Queue) run() {
	for {
		select {
		case v := <-q.ch:
			q.f(v)
		case <-q.quit:
			return
		}
	}
}

// Put waits until the value is taken, or the context is cancelled.
func (q *Queue) Put(ctx context.Context, v int) {
	select {
	case q.ch <- v:
	case <-ctx.Done():
	}
}

// Close ends it.
func (q *Queue) Close() { close(q.quit) }
