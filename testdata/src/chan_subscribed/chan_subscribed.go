// Package chan_subscribed: who receives has the channel from a call that takes
// the lock of who sends, and makes the channel. Before that nobody sends.
package chan_subscribed

import "sync"

// want nothing

type Publisher struct {
	mu   sync.Mutex
	subs []chan int
}

func (p *Publisher) Publish(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.subs {
		s <- n
	}
}

func (p *Publisher) subscribe() chan int {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := make(chan int)
	p.subs = append(p.subs, s)
	return s
}

func (p *Publisher) Follow(f func(int)) {
	for n := range p.subscribe() {
		f(n)
	}
}

type Subscription struct {
	events chan int
	id     int
}

func (p *Publisher) register(id int) *Subscription {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := &Subscription{events: make(chan int, 10), id: id}
	p.subs = append(p.subs, s.events)
	return s
}

func (p *Publisher) Watch(done <-chan bool, f func(int)) {
	s := p.register(1)
	for {
		select {
		case n := <-s.events:
			f(n)
		case <-done:
			return
		}
	}
}
