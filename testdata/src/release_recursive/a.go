// Package release_recursive: what ends a transaction goes through wrappers, which
// may wrap each other. Each of them ends what it wraps, down to the one that
// gives back the lock, so that no way of ending keeps it.
package release_recursive

import "sync"

// want nothing

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
	return count(&reader{s})
}

func (r *reader) Get(k string) string { return r.s.m[k] }
func (r *reader) End()                { r.s.mu.RUnlock() }

type readOnly struct{ Reader }

type counter struct {
	Reader
	n int
}

func count(r Reader) Reader { return &counter{&readOnly{r}, 0} }

func (c *counter) End() {
	defer c.Reader.End()
	println(c.n)
}

func Copy(s *Store, write bool) {
	r := s.Read()
	v := r.Get("a")
	if write {
		r.End()
		r = s.Read()
	} else {
		r = &readOnly{r} // which may be a counter
	}
	println(v, r.Get("b"))
	r.End()
}
