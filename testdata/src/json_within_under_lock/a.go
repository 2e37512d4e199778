// Package json_within_under_lock: the value that takes a lock when it is
// marshalled stands in a map in a struct in a slice, and has its method for
// its pointer.
package json_within_under_lock

import (
	"encoding/json"
	"io"
	"sync"
)

type Account struct {
	mu      sync.Mutex
	balance int
}

type page struct {
	Title string
	Rows  []row
}

type row struct{ Accounts map[string]*Account }

type Store struct {
	mu    sync.Mutex
	pages []page
}

func (a *Account) MarshalText() ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return []byte{byte(a.balance)}, nil
}

func (s *Store) Dump(w io.Writer) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.NewEncoder(w).Encode(s.pages) // want cycle: Store.mu Account.mu
}

func (a *Account) Close(s *Store) {
	a.mu.Lock()
	defer a.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages = nil
}
