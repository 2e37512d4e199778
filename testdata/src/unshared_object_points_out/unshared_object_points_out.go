// Package unshared_object_points_out: the object is new, but the locks are
// those of an old one that it points to.
package unshared_object_points_out

import "sync"

// want cycle: Directory.mu Directory.index

type Directory struct {
	mu    sync.Mutex
	index sync.Mutex
	files int
}

type File struct {
	dir *Directory
}

func NewFile(d *Directory) *File {
	f := &File{dir: d}
	f.dir.mu.Lock()
	f.enter()
	f.dir.mu.Unlock()
	return f
}

func (f *File) enter() {
	f.dir.index.Lock()
	f.dir.files++
	f.dir.index.Unlock()
}

func (d *Directory) Rebuild() {
	d.index.Lock()
	defer d.index.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.files = 0
}
