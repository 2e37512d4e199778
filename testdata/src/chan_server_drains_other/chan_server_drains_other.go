// Package chan_server_drains_other: who receives may give up and take the lock of
// who sends, but another goroutine looks after the channel from time to time.
package chan_server_drains_other

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
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
	ch, _, id := p.add()
	go sweep(ch)
	for {
		select {
		case <-ctx.Done():
			p.remove(id)
			return
		case n := <-ch:
			f(n)
		}
	}
}

func sweep(ch <-chan int) {
	for range time.Tick(time.Second) {
		select {
		case <-ch:
		default:
		}
	}
}
