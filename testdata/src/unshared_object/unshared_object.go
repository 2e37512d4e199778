// Package unshared_object: a constructor takes locks of the object it makes,
// which nobody else can hold yet.
package unshared_object

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

// NewFile initialises the file under its own lock.
func NewFile(d *Directory) *File {
	f := &File{dir: d}
	f.mu.Lock()
	d.mu.Lock()
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

func (d *Directory) Add(f *File) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.files = append(d.files, f)
}
