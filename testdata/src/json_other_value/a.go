// Package json_other_value: what is marshalled under the lock has no account
// in it that the encoder sees: the field is unexported, the other left out.
package json_other_value

import (
	"encoding/json"
	"sync"
)

// want nothing

type Store struct {
	mu    sync.Mutex
	saved []byte
}

type Account struct {
	mu      sync.Mutex
	store   *Store
	balance int
}

type Summary struct {
	Total int
	Last  *Account `json:"-"`
	first *Account
}

func (a *Account) MarshalJSON() ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return json.Marshal(a.balance)
}

func (s *Store) Save(sum *Summary) (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saved, err = json.Marshal(sum)
	return err
}

func (a *Account) Close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.store.mu.Lock()
	defer a.store.mu.Unlock()
	a.store.saved = nil
}

func Show(sum *Summary) {
	text, _ := json.Marshal([]*Account{sum.Last, sum.first})
	println(text)
}
