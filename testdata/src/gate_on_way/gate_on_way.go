// Package gate_on_way: one side holds the index over two locks of its own, the
// other takes the index on its way from one of them to the other, in a callee,
// and keeps it. It never waits for the second while it is without the index, so
// that the two locks are no deadlock: what it waits for is the index.
package gate_on_way

import "sync"

// want edge: Stream.list -> Consumer.mu
// want edge: Consumer.mu -> Stream.list

type Stream struct {
	index sync.RWMutex
	list  sync.Mutex
	all   []*Consumer
}

type Consumer struct {
	mu sync.Mutex
	of *Stream
	n  int
}

func (s *Stream) Stored() {
	s.index.RLock()
	defer s.index.RUnlock()
	s.list.Lock()
	defer s.list.Unlock()
	for _, c := range s.all {
		c.pending()
	}
}

func (c *Consumer) pending() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

func (c *Consumer) Renew() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of.set(c) // want cycle: Stream.index Consumer.mu
}

func (s *Stream) set(c *Consumer) {
	s.index.Lock()
	defer s.index.Unlock()
	s.insert(c)
}

func (s *Stream) insert(c *Consumer) {
	s.list.Lock()
	defer s.list.Unlock()
	s.all = append(s.all, c)
}
