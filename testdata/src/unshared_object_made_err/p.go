// Package unshared_object_made_err: a constructor that may fail makes the object
// whose lock is taken; nobody else knows it yet.
package unshared_object_made_err

import (
	"errors"
	"sync"
)

// want nothing

type Dir struct {
	mu   sync.Mutex
	kids map[string]*Dir
	size int
}

func newDir(size int) (*Dir, error) {
	if size < 0 {
		return nil, errors.New("no size")
	}
	return &Dir{kids: make(map[string]*Dir), size: size}, nil
}

func emptyDir() (ok bool, d *Dir, err error) {
	d, err = newDir(0)
	if err != nil {
		return false, nil, err
	}
	return true, d, nil
}

func (d *Dir) Size() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.size
}

// Mkdir asks the new one under the lock of the one in which it will be.
func (d *Dir) Mkdir(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, kid, err := emptyDir()
	if err != nil {
		return err
	}
	d.size += kid.Size()
	d.kids[name] = kid
	return nil
}
