// Package unshared_object_callee_published: the object is in the directory,
// where others find it, before the callee takes its lock.
package unshared_object_callee_published

import "sync"

// want cycle: Directory.mu File.mu

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
	d.files = append(d.files, f)
	f.reset()
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
