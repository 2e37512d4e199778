// Package box is a queue with a name.
package box

import "example.com/testdata/cross_wait_queue/queue"

// A Box hands on what is put into it.
type Box struct {
	Name string
	q    *queue.Queue
}

// New makes one.
func New(name string) *Box { return &Box{name, queue.New()} }

// Send puts a value in.
func (b *Box) Send(v int) { b.q.Put(v) }

// Receive takes one out.
func (b *Box) Receive() int { return b.q.Get() }
