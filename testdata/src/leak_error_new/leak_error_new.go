// Package leak_error_new: new errors are returned with the lock held, though
// somebody else releases such a lock for its caller.
package leak_error_new

import (
	"errors"
	"fmt"
	"sync"
)

type Block struct {
	mu    sync.Mutex
	index int
}

// Seal tells by new errors that it could not.
func (b *Block) Seal(n int) (sealed bool, err error) {
	b.mu.Lock()
	if b.index < 0 {
		b.mu.Unlock()
		return false, errors.New("none")
	}
	if n == 0 {
		return false, errors.New("empty") // want leak: Block.mu
	}
	if n > b.index {
		return false, fmt.Errorf("%d is too many", n)
	}
	b.mu.Unlock()
	return true, nil
}

// finish gives back what its caller has locked.
func (b *Block) finish() {
	b.index++
	b.mu.Unlock()
}

func (b *Block) Touch() {
	b.mu.Lock()
	b.finish()
}
