// Package generic_instances_apart: one instantiation of a generic type is
// locked under the other lock, another one over it. No object is of both.
package generic_instances_apart

import "sync"

// want nothing

type Set[T any] struct {
	mu sync.RWMutex
	m  map[string]T
}

func (s *Set[T]) Put(k string, v T) {
	s.mu.Lock()
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
	topics *Set[struct{}]
	seen   int
}

// Join locks the connection, then its topics.
func (c *Conn) Join(topic string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.topics.Put(topic, struct{}{})
}

type Hub struct{ conns *Set[*Conn] }

// Broadcast locks the set of connections, then each of them.
func (h *Hub) Broadcast() {
	h.conns.Each(func(c *Conn) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.seen++
	})
}

// want edge: Conn.mu -> Set[struct{}].mu
// want edge: Set[*generic_instances_apart.Conn].mu -> Conn.mu
