// Package hook_over_owner gives an object a hook that comes back to it: by the
// field that leads there from what the hook closes over, or from its receiver.
package hook_over_owner

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
		s.OnChange() // want relock: Store.mu
	}
}

func (s *Store) Get() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.value
}

type App struct {
	store *Store
	last  int
}

func NewApp() *App {
	a := &App{store: &Store{}}
	a.store.OnChange = func() { a.last = a.store.Get() }
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
		f(s) // want relock: Bus.mu
	}
}

type Client struct{ bus *Bus }

func (c *Client) Start() { c.bus.Subscribe(c.told) }

func (c *Client) told(s string) {
	if s == "bye" {
		c.bus.Publish("bye, too")
	}
}
