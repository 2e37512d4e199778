// Package kept_atomic_hook_other calls the callback of an atomic.Value after the
// lock, and that of another object's under it.
package kept_atomic_hook_other

import (
	"sync"
	"sync/atomic"
)

// want nothing

type Agent struct {
	onState atomic.Value // func(int)
}

func (a *Agent) OnState(f func(int)) { a.onState.Store(f) }

func (a *Agent) set(state int) {
	if f, ok := a.onState.Load().(func(int)); ok && f != nil {
		f(state)
	}
}

type Transport struct {
	mu    sync.Mutex
	agent *Agent
	state int
}

func New() *Transport {
	t := &Transport{agent: &Agent{}}
	t.agent.OnState(func(state int) {
		t.mu.Lock()
		t.state = state
		t.mu.Unlock()
	})
	return t
}

func (t *Transport) Close() {
	t.mu.Lock()
	t.state = 0
	t.mu.Unlock()
	t.agent.set(0)
}

// A Conn's timer does not come back to it.
type Conn struct {
	mu    sync.Mutex
	timer *Timer
	late  int
}

type Timer struct {
	mu   sync.Mutex
	hook atomic.Value // func()
	n    int
}

func (t *Timer) fire() {
	if f, ok := t.hook.Load().(func()); ok {
		f()
	}
}

func NewConn() *Conn {
	c := &Conn{timer: &Timer{}}
	t := &Timer{}
	c.timer.hook.Store(func() {
		t.mu.Lock()
		t.n++
		t.mu.Unlock()
	})
	return c
}

func (c *Conn) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.timer.fire()
}
