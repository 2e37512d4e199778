// Package back_pointer_moved: an element that was made for one owner is put into the
// list of another: it need not lead back to the owner of its list.
package back_pointer_moved

import "sync"

// want nothing

type Store struct {
	mu       sync.Mutex
	replicas []*Replica
	ticks    int
}

type Replica struct{ store *Store }

func (s *Store) Grow() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.replicas = append(s.replicas, &Replica{store: s})
}

func (s *Store) Adopt(r *Replica) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.replicas = append(s.replicas, r)
}

func (s *Store) Scan() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.replicas) > 0 && s.replicas[0].store != s {
		s.replicas[0].store.tick()
	}
}

func (s *Store) tick() {
	s.mu.Lock()
	s.ticks++
	s.mu.Unlock()
}
