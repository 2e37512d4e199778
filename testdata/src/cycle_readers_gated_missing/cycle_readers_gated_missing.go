// Package cycle_readers_gated_missing: as cycle_readers_gated, but one of those
// who write the list does not hold the index: it may wait between the two
// readers.
package cycle_readers_gated_missing

import "sync"

type Stream struct {
	index sync.RWMutex
	list  sync.RWMutex
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
	s.list.RLock()
	defer s.list.RUnlock()
	for _, c := range s.all {
		c.pending() // want cycle: Stream.list Consumer.mu
	}
}

func (c *Consumer) pending() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

func (c *Consumer) Busy() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.of.any()
}

func (s *Stream) any() bool {
	s.list.RLock()
	defer s.list.RUnlock()
	return len(s.all) > 0
}

func (s *Stream) Add(c *Consumer) {
	s.index.Lock()
	defer s.index.Unlock()
	s.insert(c)
}

func (s *Stream) insert(c *Consumer) {
	s.list.Lock()
	defer s.list.Unlock()
	s.all = append(s.all, c)
}

// want edge: Consumer.mu -> Stream.list

func (s *Stream) Clear() {
	s.list.Lock()
	defer s.list.Unlock()
	s.all = nil
}
