// Package relock_one_cause: three hold the lock over what calls a function that
// takes it. That function is called with the lock held on every way, so its call
// is the one cause, and it is told once.
package relock_one_cause

import "sync"

type Stream struct {
	mu   sync.Mutex
	subs map[string]bool
}

// want relock: Stream.mu

func (s *Stream) Start(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.setup(name)
}

func (s *Stream) Retry(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.again(name)
}

func (s *Stream) Update(names []string) {
	s.mu.Lock()
	for _, name := range names {
		s.setup(name)
	}
	s.mu.Unlock()
}

func (s *Stream) again(name string) { s.setup(name) }

// setup needs s.mu.
func (s *Stream) setup(name string) {
	s.subs[name] = true
	if len(s.subs) > 10 {
		s.Unsubscribe(name) // the wrong one of two
	}
}

func (s *Stream) Unsubscribe(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unsubscribeLocked(name)
}

func (s *Stream) unsubscribeLocked(name string) { delete(s.subs, name) }
