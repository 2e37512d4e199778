// Package map_element_lock: one lock of each order is an element of a map of
// mutexes.
package map_element_lock

import "sync"

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

func (f *Files) Forget(path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.locks[path].Lock() // want cycle: Files.mu Files.locks[*]
	defer f.locks[path].Unlock()
	delete(f.locks, path)
}
