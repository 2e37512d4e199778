// Package hook_in_options_other hands over a hook in a struct that looks at
// another object of the owner's than the one that calls it.
package hook_in_options_other

import "sync"

// want nothing

type Cache struct {
	mu   sync.Mutex
	opts Options
	m    map[string]int
}

type Options struct {
	Name    string
	OnEvict func(k string)
}

func NewCache(o Options) *Cache { return &Cache{opts: o, m: map[string]int{}} }

func (c *Cache) Del(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.m, k)
	if c.opts.OnEvict != nil {
		c.opts.OnEvict(k)
	}
}

func (c *Cache) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.m)
}

type Store struct {
	c, rest *Cache
	last    int
}

func NewStore() *Store {
	s := &Store{rest: NewCache(Options{Name: "rest"})}
	s.c = NewCache(Options{Name: "store", OnEvict: func(string) { s.last = s.rest.Len() }})
	return s
}
