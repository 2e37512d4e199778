// Package relock_parent_child: a method takes the lock of a child of its own
// type: another instance.
package relock_parent_child

import "sync"

// want nothing

type Dir struct {
	mu       sync.Mutex
	children []*Dir
	size     int
}

func (d *Dir) Size() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := d.size
	for _, c := range d.children {
		n += c.Size()
	}
	return n
}
