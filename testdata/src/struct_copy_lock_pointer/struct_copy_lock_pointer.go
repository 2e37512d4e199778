// Package struct_copy_lock_pointer: methods with a struct for a receiver, not a
// pointer. Each has a copy of it, and all copies point to one lock.
package struct_copy_lock_pointer

import "sync"

type Piece struct {
	n  int
	mu *sync.RWMutex
}

type Store struct{ locks []sync.RWMutex }

func (s *Store) At(i int) Piece { return Piece{n: i, mu: &s.locks[i]} }

func (p Piece) Done() bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.n > 3
}

func (p Piece) must() bool {
	if !p.Done() {
		panic("not done")
	}
	return true
}

func (p Piece) Read(b []byte) int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.must() { // want rlock: Piece.mu
		return len(b)
	}
	return 0
}

func (p Piece) Write(b []byte) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return copy(b, "x")
}
