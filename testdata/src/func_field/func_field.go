// Package func_field: a function stored in a struct field takes the second
// lock.
package func_field

import "sync"

type Timer struct {
	mu    sync.Mutex
	fire  func()
	armed bool
}

type Session struct {
	mu    sync.Mutex
	timer *Timer
	idle  bool
}

func NewSession() *Session {
	s := &Session{}
	s.timer = &Timer{fire: func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.idle = true
	}}
	return s
}

func (t *Timer) Tick() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.armed {
		t.fire() // want cycle: Timer.mu Session.mu
	}
}

func (t *Timer) Arm() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.armed = true
}

func (s *Session) Touch() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle = false
	s.timer.Arm()
}
