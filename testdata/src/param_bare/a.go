// Package param_bare takes a lock that came as a parameter in either order
// with one of its own. Nobody in view calls the two functions: nothing says
// that their parameters are one lock.
package param_bare

import "sync"

var table sync.Mutex

// Under takes the table's lock under the caller's.
func Under(mu *sync.Mutex) {
	mu.Lock()
	defer mu.Unlock()
	table.Lock() // want edge: Under.mu -> table
	table.Unlock()
}

// Over takes the caller's lock under the table's.
func Over(mu *sync.Mutex) {
	table.Lock()
	defer table.Unlock()
	mu.Lock() // want edge: table -> Over.mu
	mu.Unlock()
}

// want nothing
