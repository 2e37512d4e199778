// Package goker_cockroach_10214_fixed: the queued beats are taken out under
// their lock and sent after it is released.
package goker_cockroach_10214_fixed

import "sync"

// want nothing

type Store struct {
	beats struct {
		sync.Mutex
		queue []int
	}
	replicas []*Replica
}

type Replica struct {
	raftMu sync.Mutex
	store  *Store
	gone   bool
}

func (s *Store) Send() {
	s.beats.Lock()
	queue := s.beats.queue
	s.beats.queue = nil
	s.beats.Unlock()
	for i := range queue {
		s.replicas[i].unreachable()
	}
}

func (r *Replica) unreachable() {
	r.raftMu.Lock()
	defer r.raftMu.Unlock()
	r.gone = true
}

func (r *Replica) Tick() {
	r.raftMu.Lock()
	defer r.raftMu.Unlock()
	for r.coalesce() {
	}
}

func (r *Replica) coalesce() bool {
	r.store.beats.Lock()
	defer r.store.beats.Unlock()
	r.store.beats.queue = append(r.store.beats.queue, 1)
	return len(r.store.beats.queue) < 8
}

// want edge: Replica.raftMu -> Store.beats.Mutex
// want no edge: Store.beats.Mutex -> Replica.raftMu
