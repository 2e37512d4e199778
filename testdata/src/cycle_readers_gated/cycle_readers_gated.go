// Package cycle_readers_gated: two goroutines read-lock a list, one of them
// before it takes a consumer and the other after. A writer that waits between
// the two would keep them, but all who write the list hold the index
// exclusively, and the two hold it for reading.
package cycle_readers_gated

import "sync"

// want nothing

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
		c.pending()
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
