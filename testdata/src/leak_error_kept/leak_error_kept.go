// Package leak_error_kept: an error that an earlier write has left in a field
// is returned with the block's lock held. Somebody else releases such a lock
// for its caller, which has nothing to do with it.
package leak_error_kept

import (
	"errors"
	"fmt"
	"sync"
)

type Block struct {
	mu    sync.Mutex
	index int
	werr  error
}

type Store struct {
	last *Block
}

func (b *Block) flush() error { return b.werr }

func (s *Store) newBlock() (*Block, error) {
	index := 1
	if last := s.last; last != nil {
		last.mu.Lock()
		index = last.index + 1
		if err := last.werr; err != nil {
			return nil, err // want leak: Block.mu
		}
		if err := last.flush(); err != nil {
			last.mu.Unlock()
			return nil, err
		}
		last.mu.Unlock()
	}
	s.last = &Block{index: index}
	return s.last, nil
}

func (s *Store) Write() error {
	_, err := s.newBlock()
	if err != nil {
		return err
	}
	_, err = s.newBlock()
	return err
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
