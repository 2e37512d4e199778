// Package unshared_object_made_err_known: a constructor that may fail makes the
// object whose lock is taken, and puts it where others find it.
package unshared_object_made_err_known

import (
	"errors"
	"sync"
)

type Dir struct {
	mu   sync.Mutex
	kids map[string]*Dir
	size int
}

var all = make(map[string]*Dir)

func newDir(name string, size int) (*Dir, error) {
	if size < 0 {
		return nil, errors.New("no size")
	}
	d := &Dir{kids: make(map[string]*Dir), size: size}
	all[name] = d
	return d, nil
}

func (d *Dir) Size() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.size
}

func (d *Dir) Mkdir(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	kid, err := newDir(name, 0)
	if err != nil {
		return err
	}
	d.size += kid.Size() // want peers: Dir.mu
	d.kids[name] = kid
	return nil
}
