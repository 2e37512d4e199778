// Package nil_handed_on: who is given a transaction uses it, and begins one only
// if he is given none. It comes through callbacks, and is never nil there.
package nil_handed_on

import "sync"

// want nothing

type tx interface {
	get(k string) string
	end()
}

type db interface {
	view(f func(tx) error) error
}

type file struct {
	mu     sync.RWMutex
	closed bool
}

type reading struct{ of *file }

func (r *reading) get(k string) string { return k }
func (r *reading) end()                { r.of.mu.RUnlock() }

type errorString string

func (e errorString) Error() string { return string(e) }

func (f *file) begin() (*reading, error) {
	f.mu.RLock()
	if f.closed {
		f.mu.RUnlock()
		return nil, errorString("closed")
	}
	return &reading{f}, nil
}

func (f *file) beginTx() (tx, error) { return f.begin() }

func (f *file) view(use func(tx) error) error {
	t, err := f.beginTx()
	if err != nil {
		return err
	}
	err = use(t)
	t.end()
	return err
}

func (f *file) Close() {
	f.mu.Lock()
	f.closed = true
	f.mu.Unlock()
}

type memory struct{}

type nothing struct{}

func (nothing) get(k string) string { return "" }
func (nothing) end()                {}

func (m *memory) view(use func(tx) error) error { return use(nothing{}) }

func view(d db, use func(tx) error) error { return d.view(use) }

type Store struct{ db db }

// fetch uses the transaction that it is given, or one of its own.
func (s *Store) fetch(t tx, k string) (v string, err error) {
	get := func(t tx) error {
		v = t.get(k)
		return nil
	}
	if t == nil {
		err = view(s.db, get)
		return v, err
	}
	return v, get(t)
}

func New(small bool) *Store {
	if small {
		return &Store{&memory{}}
	}
	return &Store{&file{}}
}

// walk does the same, and hands the transaction on.
func (s *Store) walk(t tx, cb func(tx, string) error) error {
	visit := func(t tx) error { return cb(t, t.get("next")) }
	if t == nil {
		return view(s.db, visit)
	}
	return visit(t)
}

func (s *Store) each(cb func(tx, string) error) error {
	return view(s.db, func(t tx) error { return cb(t, t.get("first")) })
}

func (s *Store) All() error {
	return s.each(func(t tx, k string) error {
		return s.walk(t, func(t tx, k string) error {
			_, err := s.fetch(t, k)
			return err
		})
	})
}

func (s *Store) One(k string) (string, error) { return s.fetch(nil, k) }

func (s *Store) Walk(f func(string)) error {
	return s.walk(nil, func(_ tx, k string) error {
		f(k)
		return nil
	})
}
