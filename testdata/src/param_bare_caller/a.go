// Package param_bare_caller hands one lock to both functions, through another
// that only passes it on: the parameter has a name then.
package param_bare_caller

import "sync"

var table sync.Mutex

// A Store has the lock.
type Store struct{ mu sync.Mutex }

func under(mu *sync.Mutex) {
	mu.Lock()
	defer mu.Unlock()
	table.Lock() // want cycle: Store.mu table
	table.Unlock()
}

func over(mu *sync.Mutex) {
	table.Lock()
	defer table.Unlock()
	mu.Lock()
	mu.Unlock()
}

func pass(mu *sync.Mutex, to func(*sync.Mutex)) { to(mu) }

// Flush takes the table's lock under its own.
func (s *Store) Flush() { pass(&s.mu, under) }

// Load takes its own under the table's.
func (s *Store) Load() { pass(&s.mu, over) }
