// Package nil_handed_on_maybe: what is handed on is a transaction or nil, though
// of one type if it is one.
package nil_handed_on_maybe

import "sync"

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

// pick returns the transaction if it is the one of the key, or else none.
func pick(t *reading, k string) tx {
	if k == "" {
		return nil
	}
	return t
}

func (f *file) each(cb func(tx, string) error) error {
	t, err := f.begin()
	if err != nil {
		return err
	}
	defer t.end()
	k := t.get("first")
	return cb(pick(t, k), k)
}

func All(f *file) error {
	s := &Store{f}
	return f.each(func(t tx, k string) error {
		_, err := s.fetch(t, k)
		return err
	})
}

// want rlock: file.mu
