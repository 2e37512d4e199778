// Package map_element_lock_one_order: a lock of a map of mutexes is looked up
// under the map's lock and taken after it.
package map_element_lock_one_order

import "sync"

// want nothing

type Files struct {
	mu     sync.Mutex
	locks  map[string]*sync.Mutex
	writes int
}

func (f *Files) lockOf(path string) *sync.Mutex {
	f.mu.Lock()
	defer f.mu.Unlock()
	l, ok := f.locks[path]
	if !ok {
		l = new(sync.Mutex)
		f.locks[path] = l
	}
	return l
}

func (f *Files) Write(path string) {
	l := f.lockOf(path)
	l.Lock()
	defer l.Unlock()
	f.mu.Lock()
	f.writes++
	f.mu.Unlock()
}

// want edge: Files.locks[*] -> Files.mu
// want no edge: Files.mu -> Files.locks[*]
