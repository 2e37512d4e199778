// Package leak_error_kept: an error that an earlier write has left in a field
// is returned with the block's lock held. Somebody else releases such a lock
// for its caller, which has nothing to do with it.
package leak_error_kept

import "sync"

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

// finish gives back what its caller has locked.
func (b *Block) finish() {
	b.index++
	b.mu.Unlock()
}

func (b *Block) Touch() {
	b.mu.Lock()
	b.finish()
}
