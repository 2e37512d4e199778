// Package outside_closes_all: as outside_closes, but it is the bus that is
// closed, and not by who receives.
//
// want nothing
package outside_closes_all

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

// Close ends the bus for all, who receive until then.
func (b *Bus) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for s := range b.subs {
		delete(b.subs, s)
		close(s.ch)
	}
}
