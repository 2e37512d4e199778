// Package goker_cockroach_3710_fixed: the replicas are copied under the read
// lock and offered to the queue after it.
package goker_cockroach_3710_fixed

import "sync"

// want nothing

type Store struct {
	mu       sync.RWMutex
	queue    *Queue
	replicas []*Replica
	ticks    int
}

type Replica struct{ store *Store }

type Queue struct {
	sync.Mutex
	n int
}

func (s *Store) Scan() {
	s.mu.RLock()
	rs := append([]*Replica(nil), s.replicas...)
	s.mu.RUnlock()
	for _, r := range rs {
		s.queue.add(r)
	}
}

func (q *Queue) add(r *Replica) {
	q.Lock()
	defer q.Unlock()
	q.n += r.store.status()
}

func (s *Store) status() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.ticks
}

func (s *Store) Tick() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ticks++
}

// want edge: Queue.Mutex -> Store.mu
// want no edge: Store.mu -> Queue.Mutex
