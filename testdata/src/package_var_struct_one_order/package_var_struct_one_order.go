// Package package_var_struct_one_order: the locks are in package variables of
// anonymous struct type, taken in one order.
package package_var_struct_one_order

import "sync"

// want nothing

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
	metrics.mu.Lock()
	defer metrics.mu.Unlock()
	metrics.hits++
}

func Hits() int {
	metrics.mu.Lock()
	defer metrics.mu.Unlock()
	return metrics.hits
}

// want edge: registry.Mutex -> metrics.mu
