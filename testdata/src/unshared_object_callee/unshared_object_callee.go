// Package unshared_object_callee: a callee of the constructor takes the lock
// of the object that is not shared yet, under the lock of the one that is.
package unshared_object_callee

import "sync"

// want nothing

type Directory struct {
	mu    sync.Mutex
	files []*File
}

type File struct {
	mu   sync.Mutex
	dir  *Directory
	size int
}

func (d *Directory) Create() *File {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := &File{dir: d}
	f.reset()
	d.files = append(d.files, f)
	return f
}

func (f *File) reset() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.size = 0
}

func (f *File) Grow() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dir.mu.Lock()
	defer f.dir.mu.Unlock()
	f.size += len(f.dir.files)
}
