// Package relock_passed_back: a method of a child is given the parent whose
// lock is held, and takes it again.
package relock_passed_back

import "sync"

type Tree struct {
	mu   sync.Mutex
	root *Branch
	n    int
}

type Branch struct{ tree *Tree }

func (b *Branch) grow(t *Tree) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n++
}

func (t *Tree) Grow() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.root.grow(t) // want relock: Tree.mu
}
