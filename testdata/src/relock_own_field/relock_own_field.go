// Package relock_own_field: the object whose lock is held is reached through a
// field of a child that is given to the callee; the child's parent is another
// class of owner, and the same instance.
package relock_own_field

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
