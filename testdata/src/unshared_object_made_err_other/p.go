// Package unshared_object_made_err_other: of the two objects that a function
// returns one is new, and the other is one that others have.
package unshared_object_made_err_other

import "sync"

type Dir struct {
	mu   sync.Mutex
	kids map[string]*Dir
	size int
}

var spare *Dir

func pair() (made, found *Dir) {
	return &Dir{kids: make(map[string]*Dir)}, spare
}

func (d *Dir) Size() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.size
}

func (d *Dir) Keep() { spare = d }

func (d *Dir) Mkdir(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	kid, other := pair()
	d.size += kid.Size()
	d.size += other.Size() // want peers: Dir.mu
	d.kids[name] = kid
}
