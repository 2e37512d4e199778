// Package unshared_object_published: the constructor publishes the object
// before it takes the second lock.
package unshared_object_published

import "sync"

type Directory struct {
	mu    sync.Mutex
	files []*File
	last  *File
}

type File struct {
	mu   sync.Mutex
	dir  *Directory
	size int
}

func NewFile(d *Directory) *File {
	f := &File{dir: d}
	d.last = f
	f.mu.Lock()
	d.mu.Lock() // want cycle: Directory.mu File.mu
	f.size = len(d.files)
	d.mu.Unlock()
	f.mu.Unlock()
	return f
}

func (d *Directory) Clear() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, f := range d.files {
		f.mu.Lock()
		f.size = 0
		f.mu.Unlock()
	}
}
