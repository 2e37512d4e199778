// Package chan_subscribed_late: who receives asks for a channel that others have
// already, under the lock of who sends.
package chan_subscribed_late

import "sync"

type Publisher struct {
	mu   sync.Mutex
	subs []chan int
}

func (p *Publisher) Publish(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.subs {
		s <- n // want wait: Publisher.mu Publisher.subs[*]
	}
}

func New() *Publisher { return &Publisher{subs: []chan int{make(chan int)}} }

func (p *Publisher) first() chan int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.subs[0]
}

func (p *Publisher) Follow(f func(int)) {
	for {
		f(<-p.first())
	}
}
