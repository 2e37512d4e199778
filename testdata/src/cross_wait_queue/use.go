// Package cross_wait_queue sends into the queue of another package's package
// under the lock that the receiver takes before it receives.
package cross_wait_queue

import (
	"sync"

	"example.com/testdata/cross_wait_queue/box"
)

// A Sum adds up what it is sent.
type Sum struct {
	mu sync.Mutex
	b  *box.Box
	n  int
}

// New starts one.
func New() *Sum {
	s := &Sum{b: box.New("sum")}
	go s.run()
	return s
}

func (s *Sum) run() {
	for {
		s.mu.Lock()
		s.n++
		s.mu.Unlock()
		s.use(s.b.Receive())
	}
}

func (s *Sum) use(v int) {}

// Add sends under the lock.
func (s *Sum) Add(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.b.Send(v) // want wait: Sum.mu /queue.Queue.ch
}
