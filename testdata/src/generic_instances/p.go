// Package generic_instances: two instantiations of a generic type, and for one
// of them both orders. One finding, for two types with the same code.
package generic_instances

import "sync"

type Set[T any] struct {
	mu sync.RWMutex
	m  map[string]T
}

func (s *Set[T]) Put(k string, v T) {
	s.mu.Lock() // want cycle: Conn.mu Set[*generic_instances.Conn].mu
	defer s.mu.Unlock()
	s.m[k] = v
}

func (s *Set[T]) Each(f func(T)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.m {
		f(v)
	}
}

type Conn struct {
	mu     sync.Mutex
	hub    *Hub
	topics *Set[struct{}]
	seen   int
}

func (c *Conn) Join(topic string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.topics.Put(topic, struct{}{})
	c.hub.conns.Put(topic, c)
}

type Hub struct{ conns *Set[*Conn] }

func (h *Hub) Broadcast() {
	h.conns.Each(func(c *Conn) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.seen++
	})
}

// Box locks itself again, whatever is in it.
type Box[T any] struct {
	mu sync.Mutex
	v  T
}

func (b *Box[T]) Get() T {
	b.mu.Lock() // want relock: Box[int].mu
	defer b.mu.Unlock()
	return b.v
}

func (b *Box[T]) Swap(v T) T {
	b.mu.Lock()
	defer b.mu.Unlock()
	old := b.Get()
	b.v = v
	return old
}

func Swaps(a *Box[int], b *Box[string]) (int, string) { return a.Swap(1), b.Swap("a") }
