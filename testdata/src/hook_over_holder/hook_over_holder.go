// Package hook_over_holder has objects whose hook takes the lock of who holds
// them: set by a method after they were made, one below another, and before they
// go into a map.
package hook_over_holder

import "sync"

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

func New() *Transport {
	t := &Transport{agent: &Agent{}}
	t.agent.OnState(t.changed)
	return t
}

func (t *Transport) changed(state int) {
	t.mu.Lock()
	t.state = state
	t.mu.Unlock()
}

func (t *Transport) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.agent.set(0) // want relock: Transport.mu
}

type Session struct {
	mu   sync.Mutex
	link *Link
	n    int
}

type Link struct{ sensor *Sensor }

type Sensor struct{ read func(int) }

func (s *Sensor) OnRead(f func(int)) { s.read = f }

func NewSession() *Session {
	s := &Session{}
	s.link = &Link{sensor: &Sensor{}}
	s.link.sensor.OnRead(func(n int) {
		s.mu.Lock()
		s.n = n
		s.mu.Unlock()
	})
	return s
}

func (s *Session) Reset() {
	s.mu.Lock()
	s.link.sensor.read(1) // want relock: Session.mu
	s.mu.Unlock()
}

type Pool struct {
	mu    sync.Mutex
	conns map[int]*Conn
}

type Conn struct {
	id     int
	closed func(*Conn)
}

func (c *Conn) OnClose(f func(*Conn)) { c.closed = f }

func (c *Conn) Close() { c.closed(c) }

func (p *Pool) Get(id int) *Conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := &Conn{id: id}
	c.OnClose(p.forget)
	p.conns[id] = c
	return c
}

func (p *Pool) forget(c *Conn) {
	p.mu.Lock()
	delete(p.conns, c.id)
	p.mu.Unlock()
}

func (p *Pool) Shutdown() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		c.Close() // want relock: Pool.mu
	}
}
