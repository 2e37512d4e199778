// Package retry_loop_releases: a loop takes the lock of one shard after the
// other and gives it back, until one is free; it gives that one back too.
package retry_loop_releases

import "sync"

// want nothing

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
	s.free--
	s.mu.Unlock()
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
