// Package func_field_other_field: the function that takes the second lock is
// in a field of the same type that is called with nothing held.
package func_field_other_field

import "sync"

// want nothing

type Timer struct {
	mu      sync.Mutex
	fire    func()
	stopped func()
	armed   bool
}

type Session struct {
	mu    sync.Mutex
	timer *Timer
	idle  bool
	ticks int
}

func NewSession() *Session {
	s := &Session{}
	s.timer = &Timer{
		fire: func() { s.ticks++ },
		stopped: func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.idle = true
		},
	}
	return s
}

func (t *Timer) Tick() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.fire()
}

func (t *Timer) Stop() { t.stopped() }

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

// want no edge: Timer.mu -> Session.mu
