// Package outside_closes_quit: as outside_closes, but Close tells who sends
// to go on, before it takes the lock.
//
// want nothing
package outside_closes_quit

import "sync"

type Bus struct {
	mu   sync.Mutex
	subs map[*Subscription]bool
}

type Subscription struct {
	bus *Bus
	ch  chan string

	once sync.Once
	quit chan struct{}
}

func NewBus() *Bus { return &Bus{subs: make(map[*Subscription]bool)} }

func (b *Bus) Subscribe() *Subscription {
	s := &Subscription{bus: b, ch: make(chan string, 16), quit: make(chan struct{})}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.subs[s] = true
	return s
}

func (b *Bus) Publish(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for s := range b.subs {
		select {
		case s.ch <- text:
		case <-s.quit:
		}
	}
}

func (s *Subscription) C() <-chan string { return s.ch }

func (s *Subscription) Close() {
	s.once.Do(func() { close(s.quit) })
	s.bus.mu.Lock()
	defer s.bus.mu.Unlock()
	if s.bus.subs[s] {
		delete(s.bus.subs, s)
		close(s.ch)
	}
}
