// Package retry_loop_keeps: a loop takes the lock of one shard after the
// other and gives it back, until one is free; that one it keeps.
package retry_loop_keeps

import "sync"

// want cycle: Shard.mu Pool.mu

type Shard struct {
	mu   sync.Mutex
	free int
	pool *Pool
}

type Pool struct {
	mu     sync.Mutex
	shards []*Shard
	used   int
}

func (p *Pool) Get() {
	var s *Shard
	for i := 0; ; i++ {
		s = p.shards[i%len(p.shards)]
		s.mu.Lock()
		if s.free > 0 {
			break
		}
		s.mu.Unlock()
	}
	defer s.mu.Unlock()
	s.free--
	p.mu.Lock()
	p.used++
	p.mu.Unlock()
}

func (p *Pool) Grow() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.shards {
		s.mu.Lock()
		s.free++
		s.mu.Unlock()
	}
}
