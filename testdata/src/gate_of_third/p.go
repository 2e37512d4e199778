// Package gate_of_third: three locks in a ring, but who takes the third step
// does so under the first lock of the second's, so that not all three can wait.
// The two locks of which that makes a cycle are the one cause.
package gate_of_third

import "sync"

type Registry struct {
	mu sync.Mutex
	n  int
}

type Stream struct {
	mu    sync.Mutex
	batch Batch
	subs  int
}

type Batch struct {
	mu   sync.Mutex
	size int
}

func (r *Registry) Create(s *Stream) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
	s.swap()
}

func (r *Registry) Update(s *Stream) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.swap()
}

func (s *Stream) swap() {
	s.mu.Lock() // want cycle: Registry.mu Stream.mu
	defer s.mu.Unlock()
	s.subs++
}

func (s *Stream) Configure() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.batch.drop()
}

func (b *Batch) drop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.size = 0
}

func (s *Stream) Store(r *Registry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.batch.mu.Lock()
	defer s.batch.mu.Unlock()
	s.batch.size++
	r.count()
}

func (r *Registry) count() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
}
