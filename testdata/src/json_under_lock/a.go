// Package json_under_lock: marshalling a value under a lock calls its
// MarshalJSON method, which takes another.
package json_under_lock

import (
	"encoding/json"
	"sync"
)

type Store struct {
	mu    sync.Mutex
	saved []byte
}

type Account struct {
	mu      sync.Mutex
	store   *Store
	balance int
}

func (a *Account) MarshalJSON() ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return json.Marshal(a.balance)
}

func (s *Store) Save(a *Account) (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saved, err = json.Marshal(a) // want cycle: Store.mu Account.mu
	return err
}

func (a *Account) Close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.store.mu.Lock()
	defer a.store.mu.Unlock()
	a.store.saved = nil
}
