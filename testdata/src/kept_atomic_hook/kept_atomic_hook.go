// Package kept_atomic_hook keeps a callback in an atomic.Value, and another in
// an atomic.Pointer: each takes the lock under which it is called.
package kept_atomic_hook

import (
	"sync"
	"sync/atomic"
)

type Agent struct {
	onState atomic.Value // func(int)
	onClose atomic.Pointer[func()]
}

func (a *Agent) OnState(f func(int)) { a.onState.Store(f) }

func (a *Agent) OnClose(f func()) { a.onClose.Store(&f) }

func (a *Agent) set(state int) {
	if f, ok := a.onState.Load().(func(int)); ok && f != nil {
		f(state)
	}
}

func (a *Agent) close() {
	if f := a.onClose.Load(); f != nil {
		(*f)()
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
	t.agent.OnClose(t.closed)
	return t
}

func (t *Transport) closed() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.state = 0
}

func (t *Transport) Start() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.agent.set(1) // want relock: Transport.mu
}

func (t *Transport) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.agent.close() // want relock: Transport.mu
}
