// Package hook_over_other gives an object a hook that goes to another of its
// kind, or to what the field leads to by then.
package hook_over_other

import "sync"

type Store struct {
	mu       sync.Mutex
	OnChange func()
	value    int
}

func (s *Store) Set(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value = v
	if s.OnChange != nil {
		s.OnChange()
	}
}

func (s *Store) Get() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.value
}

type App struct {
	main, copy *Store
	last       int
}

func NewApp() *App {
	a := &App{main: &Store{}, copy: &Store{}}
	a.main.OnChange = func() { a.last = a.copy.Get() }
	return a
}

type Bus struct {
	mu   sync.Mutex
	subs []func(string)
}

func (b *Bus) Subscribe(f func(string)) {
	b.mu.Lock()
	b.subs = append(b.subs, f)
	b.mu.Unlock()
}

func (b *Bus) Publish(s string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.subs {
		f(s)
	}
}

// A Client hears of one bus and tells the next.
type Client struct{ bus *Bus }

func (c *Client) Start(next *Bus) {
	c.bus.Subscribe(c.told)
	c.bus = next
}

func (c *Client) told(s string) { c.bus.Publish(s) }

// want nothing
