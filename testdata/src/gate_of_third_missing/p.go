// Package gate_of_third_missing: as gate_of_third, but the batch is also flushed
// by who does not hold the stream: the three can wait in a ring.
package gate_of_third_missing

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

func (b *Batch) Flush(r *Registry) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r.count() // want cycle: Batch.mu Registry.mu Stream.mu
}

func (r *Registry) count() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
}
