// Package chan_server_drains_first: who gives up wants no more values, and takes
// those that are there, before it takes the lock of who sends.
package chan_server_drains_first

import (
	"context"
	"sync"
	"sync/atomic"
)

// want nothing

type subscriber struct {
	out    chan<- int
	active *atomic.Bool
}

type Publisher struct {
	mu   sync.Mutex
	subs map[int]subscriber
	next int
}

func (p *Publisher) add() (<-chan int, *atomic.Bool, int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	ch, active := make(chan int, 100), new(atomic.Bool)
	active.Store(true)
	p.next++
	p.subs[p.next] = subscriber{ch, active}
	return ch, active, p.next
}

func (p *Publisher) remove(id int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.subs, id)
}

func (p *Publisher) Publish(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.subs {
		if s.active.Load() {
			s.out <- n
		}
	}
}

func (p *Publisher) Subscribe(ctx context.Context, f func(int)) {
	ch, active, id := p.add()
	drain := func() {
		for {
			select {
			case <-ch:
			default:
				return
			}
		}
	}
	for {
		select {
		case <-ctx.Done():
			active.Store(false)
			drain()
			p.remove(id)
			return
		case n := <-ch:
			f(n)
		}
	}
}
