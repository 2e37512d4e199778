// Package outside_closes_drained: as outside_closes, but Close leaves somebody
// behind who receives, before it takes the lock.
//
// want nothing
package outside_closes_drained

import "sync"

type Bus struct {
	mu   sync.Mutex
	subs map[*Subscription]bool
}

type Subscription struct {
	bus *Bus
	ch  chan string
}

func NewBus() *Bus { return &Bus{subs: make(map[*Subscription]bool)} }

func (b *Bus) Subscribe() *Subscription {
	s := &Subscription{bus: b, ch: make(chan string, 16)}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.subs[s] = true
	return s
}

func (b *Bus) Publish(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for s := range b.subs {
		s.ch <- text
	}
}

func (s *Subscription) C() <-chan string { return s.ch }

func (s *Subscription) Close() {
	go func() {
		for range s.ch {
		}
	}()
	s.bus.mu.Lock()
	defer s.bus.mu.Unlock()
	if s.bus.subs[s] {
		delete(s.bus.subs, s)
		close(s.ch)
	}
}
