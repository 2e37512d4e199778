// Package release_recursive_skips: as release_recursive, but one of the wrappers
// does not end what it wraps. Who ends it keeps the lock.
package release_recursive_skips

import "sync"

type Reader interface {
	Get(k string) string
	End()
}

type Store struct {
	mu sync.RWMutex
	m  map[string]string
}

func (s *Store) Set(k, v string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[k] = v
}

type reader struct{ s *Store }

func (s *Store) Read() Reader {
	s.mu.RLock()
	return &reader{s}
}

func (r *reader) Get(k string) string { return r.s.m[k] }
func (r *reader) End()                { r.s.mu.RUnlock() }

type kept struct{ Reader }

func (k *kept) End() {}

type nested struct{ Reader }

func (n *nested) End() { n.Reader.End() }

func Copy(s *Store) {
	r := s.Read()
	v := r.Get("a")
	k := &kept{&nested{r}}
	k.End()
	r = s.Read() // want rlock: Store.mu
	println(v, r.Get("b"))
	r.End()
	r = &nested{&nested{s.Read()}}
	r.End()
}
