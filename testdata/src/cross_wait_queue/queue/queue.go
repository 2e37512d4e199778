// Package queue hands values from one goroutine to another.
package queue

// A Queue has no room.
type Queue struct {
	ch   chan int
	done chan struct{}
}

// New makes one.
func New() *Queue { return &Queue{ch: make(chan int), done: make(chan struct{})} }

// Put waits for who takes the value.
func (q *Queue) Put(v int) { q.ch <- v }

// Get waits for a value.
func (q *Queue) Get() int { return <-q.ch }
