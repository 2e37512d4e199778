// Package semaphore_channel_filled has a channel that starts full: who takes a
// value out holds a token. One more reads the tokens and puts none back, but
// of another channel.
package semaphore_channel_filled

import "sync"

type Buffers struct {
	mu    sync.Mutex
	free  chan []byte
	inUse int
}

func New(n int) *Buffers {
	b := &Buffers{free: make(chan []byte, n)}
	for range n {
		b.free <- make([]byte, 4096)
	}
	return b
}

func (b *Buffers) With(f func([]byte)) {
	buf := <-b.free
	defer func() { b.free <- buf }()
	b.mu.Lock()
	b.inUse++
	b.mu.Unlock()
	f(buf)
}

func (b *Buffers) Zero() {
	b.mu.Lock()
	defer b.mu.Unlock()
	buf := <-b.free // want wait: Buffers.mu Buffers.free
	clear(buf)
	b.free <- buf
}

type Queue struct {
	mu   sync.Mutex
	jobs chan int
	sum  int
}

func NewQueue() *Queue { return &Queue{jobs: make(chan int, 8)} }

// Put leaves the value for whoever comes.
func (q *Queue) Put(n int) {
	q.jobs <- n
	q.mu.Lock()
	q.sum += n
	q.mu.Unlock()
}

// Take holds the lock over what Put has done before it needs it.
func (q *Queue) Take() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return <-q.jobs
}
