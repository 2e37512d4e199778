// Package latch_needs_lock waits under a lock for an event, which is fired by
// one who needs that lock first; other events of the type are nobody's matter.
package latch_needs_lock

import (
	"sync"
	"sync/atomic"
)

// An Event happens once.
type Event struct {
	fired atomic.Bool
	c     chan struct{}
	once  sync.Once
}

func NewEvent() *Event { return &Event{c: make(chan struct{})} }

func (e *Event) Fire() {
	e.once.Do(func() {
		e.fired.Store(true)
		close(e.c)
	})
}

func (e *Event) Done() <-chan struct{} { return e.c }

type Balancer struct {
	conn *Conn
	quit *Event
	done *Event
}

type Conn struct {
	mu       sync.Mutex
	balancer *Balancer
	subs     int
}

func NewConn() *Conn {
	c := &Conn{}
	c.balancer = &Balancer{conn: c, quit: NewEvent(), done: NewEvent()}
	go c.balancer.watch()
	return c
}

func (b *Balancer) watch() {
	<-b.quit.Done()
	b.conn.add()
	b.done.Fire()
}

func (c *Conn) add() {
	c.mu.Lock()
	c.subs++
	c.mu.Unlock()
}

func (b *Balancer) close() {
	b.quit.Fire()
	<-b.done.Done()
}

func (c *Conn) Switch() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.balancer.close() // want wait: Conn.mu Balancer.done.c
}
