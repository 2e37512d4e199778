// Package outside_closes: who subscribes receives outside of the package, and
// closes his subscription when he has had enough, which takes the lock under
// which he is sent to.
package outside_closes

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
		s.ch <- text // want wait: Bus.mu Subscription.ch
	}
}

func (s *Subscription) C() <-chan string { return s.ch }

func (s *Subscription) Close() {
	s.bus.mu.Lock()
	defer s.bus.mu.Unlock()
	if s.bus.subs[s] {
		delete(s.bus.subs, s)
		close(s.ch)
	}
}
