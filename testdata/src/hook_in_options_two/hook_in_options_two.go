// Package hook_in_options_two hands one hook to two objects of an owner. It looks
// at the second alone, which calls it without its lock.
package hook_in_options_two

import "sync"

// want nothing

type Cache struct {
	mu   sync.Mutex
	opts Options
	m    map[string]int
}

type Options struct {
	OnEvict func(k string)
	Late    bool
}

func NewCache(o Options) *Cache { return &Cache{opts: o, m: map[string]int{}} }

func (c *Cache) Del(k string) {
	c.mu.Lock()
	delete(c.m, k)
	if c.opts.Late {
		c.mu.Unlock()
		c.opts.OnEvict(k)
		return
	}
	c.opts.OnEvict(k)
	c.mu.Unlock()
}

func (c *Cache) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.m)
}

type Store struct {
	early, late *Cache
	last        int
}

func NewStore() *Store {
	s := &Store{}
	s.early = NewCache(Options{OnEvict: s.evicted})
	s.late = NewCache(Options{OnEvict: s.evicted, Late: true})
	return s
}

func (s *Store) evicted(string) { s.last = s.late.Len() }
