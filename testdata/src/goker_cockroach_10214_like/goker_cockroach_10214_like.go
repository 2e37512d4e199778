// Package goker_cockroach_10214_like: a lock in an anonymous struct and
// another are taken in opposite orders, both times in the condition of a loop.
package goker_cockroach_10214_like

import "sync"

type Store struct {
	beats struct {
		sync.Mutex
		queue []*Replica
	}
}

type Replica struct {
	raftMu sync.Mutex
	store  *Store
	left   int
}

func (s *Store) Send() {
	s.beats.Lock()
	defer s.beats.Unlock()
	for i := 0; i < len(s.beats.queue) && s.beats.queue[i].reach(); i++ { // want cycle: Store.beats.Mutex Replica.raftMu
		s.beats.queue[i] = nil
	}
}

func (r *Replica) reach() bool {
	r.raftMu.Lock()
	defer r.raftMu.Unlock()
	r.left--
	return r.left > 0
}

func (r *Replica) Tick() {
	r.raftMu.Lock()
	defer r.raftMu.Unlock()
	for !r.quiesce() {
		r.left++
	}
}

func (r *Replica) quiesce() bool {
	s := r.store
	s.beats.Lock()
	s.beats.queue = append(s.beats.queue, r)
	s.beats.Unlock()
	return r.left > 3
}
