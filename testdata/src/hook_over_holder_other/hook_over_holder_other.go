// Package hook_over_holder_other has hooks that go to another than who holds the
// object: to the holder's sibling, to the last of those that share it, to the
// former holder of what the field leads to by now.
package hook_over_holder_other

import "sync"

// want nothing

type Agent struct {
	onState func(int)
}

func (a *Agent) OnState(f func(int)) { a.onState = f }

func (a *Agent) set(state int) { a.onState(state) }

type Transport struct {
	mu    sync.Mutex
	agent *Agent
	state int
}

func (t *Transport) changed(state int) {
	t.mu.Lock()
	t.state = state
	t.mu.Unlock()
}

func (t *Transport) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.agent.set(0)
}

func NewPair() (*Transport, *Transport) {
	t, u := &Transport{agent: &Agent{}}, &Transport{agent: &Agent{}}
	t.agent.OnState(u.changed)
	return t, u
}

type Session struct {
	mu    sync.Mutex
	agent *Shared
	n     int
}

type Shared struct{ hook func(int) }

var shared = &Shared{}

func NewSession() *Session {
	s := &Session{agent: shared}
	s.agent.hook = s.told
	return s
}

func (s *Session) told(n int) {
	s.mu.Lock()
	s.n = n
	s.mu.Unlock()
}

func (s *Session) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.agent.hook(1)
}

type Client struct {
	mu  sync.Mutex
	bus *Bus
	n   int
}

type Bus struct{ hook func(int) }

func NewClient() *Client {
	c := &Client{bus: &Bus{}}
	c.bus.hook = c.told
	return c
}

func (c *Client) Follow(d *Client) {
	c.mu.Lock()
	c.bus = d.bus
	c.mu.Unlock()
}

func (c *Client) told(n int) {
	c.mu.Lock()
	c.n = n
	c.mu.Unlock()
}

func (c *Client) Tell(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bus.hook(n)
}
