// Package struct_copy_lock_pointer_other: the copy is made to point to another
// lock before the call.
package struct_copy_lock_pointer_other

import "sync"

// want nothing

type Piece struct {
	mu   *sync.Mutex
	next *sync.Mutex
}

func (p Piece) Done() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return true
}

func (p Piece) Read() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.behind()
}

func (p Piece) behind() bool {
	p.mu = p.next
	return p.Done()
}

// Nowhere has no lock at all: its method panics.
func Nowhere() bool { return Piece{}.Done() }
