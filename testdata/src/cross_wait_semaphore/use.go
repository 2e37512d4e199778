// Package cross_wait_semaphore waits, with its lock held, for the semaphore of
// another package, whose holders need the lock.
package cross_wait_semaphore

import (
	"sync"

	"example.com/testdata/cross_wait_semaphore/pool"
)

// A Store has a lock and a pool.
type Store struct {
	mu sync.Mutex
	p  *pool.Pool
	n  int
}

// Run takes the lock in the pool.
func (s *Store) Run() {
	s.p.Acquire()
	defer s.p.Release()
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}

// Reset enters the pool under the lock.
func (s *Store) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.p.Acquire() // want wait: Store.mu /pool.Pool.sem
	s.n = 0
	s.p.Release()
}
