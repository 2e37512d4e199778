// Package package_var_struct: the locks are in package variables of anonymous
// struct type.
package package_var_struct

import "sync"

var registry struct {
	sync.Mutex
	names map[string]int
}

var metrics = struct {
	mu   sync.Mutex
	hits int
}{}

func Register(name string) {
	registry.Lock()
	defer registry.Unlock()
	registry.names[name]++
	metrics.mu.Lock() // want cycle: registry.Mutex metrics.mu
	defer metrics.mu.Unlock()
	metrics.hits++
}

func Reset() {
	metrics.mu.Lock()
	defer metrics.mu.Unlock()
	registry.Lock()
	defer registry.Unlock()
	metrics.hits = 0
	registry.names = nil
}
