// Package chan_server_drains: a receiver collects what is there after each
// value, and once more when it is told to end. When it gives up, it takes the
// lock of who sends, and nobody receives any more.
package chan_server_drains

import (
	"context"
	"sync"
	"sync/atomic"
)

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
			s.out <- n // want wait: Publisher.mu subscriber.out
		}
	}
}

func (p *Publisher) Subscribe(ctx context.Context, done <-chan bool, f func(int)) {
	ch, _, id := p.add()
	rest := func(n int) {
		for {
			select {
			case m := <-ch:
				n += m
			default:
				f(n)
				return
			}
		}
	}
	for {
		select {
		case <-done:
			rest(0)
			return
		case <-ctx.Done():
			p.remove(id)
			return
		case n := <-ch:
			rest(n)
		}
	}
}
