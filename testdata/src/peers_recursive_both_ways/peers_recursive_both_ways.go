// Package peers_recursive_both_ways walks a tree down and up by methods that
// call themselves with the lock held. A second tree does so under one lock.
package peers_recursive_both_ways

import "sync"

type Dir struct {
	mu     sync.Mutex
	parent *Dir
	subs   map[string]*Dir
	size   int
}

func (d *Dir) Make(name string) *Dir {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := &Dir{parent: d, subs: map[string]*Dir{}}
	d.subs[name] = s
	return s
}

func (d *Dir) Total() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := d.size
	for _, s := range d.subs {
		n += s.Total() // want peers: Dir.mu
	}
	return n
}

func (d *Dir) Grow(by int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.size += by
	if d.parent != nil {
		d.parent.Grow(by)
	}
}

var rename sync.Mutex

type File struct {
	mu     sync.Mutex
	parent *File
	parts  []*File
	size   int
}

func (f *File) Split() {
	p := &File{parent: f}
	f.mu.Lock()
	f.parts = append(f.parts, p)
	f.mu.Unlock()
}

func (f *File) Down() {
	rename.Lock()
	defer rename.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, p := range f.parts {
		p.mu.Lock()
		p.size++
		p.mu.Unlock()
	}
}

func (f *File) Up() {
	rename.Lock()
	defer rename.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.parent.mu.Lock()
	f.parent.size++
	f.parent.mu.Unlock()
}
