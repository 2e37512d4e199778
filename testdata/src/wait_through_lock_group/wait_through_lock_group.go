// Package wait_through_lock_group: one of the goroutines of a WaitGroup that is
// waited for under a lock needs another lock, whose holder needs the first.
package wait_through_lock_group

import "sync"

type Pool struct {
	mu      sync.Mutex
	workers sync.WaitGroup
	idle    int
}

type Stats struct {
	mu   sync.RWMutex
	pool *Pool
	jobs map[string]int
}

func (s *Stats) count(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs[name]++
}

// Report asks the pool while it reads the counts.
func (s *Stats) Report() (n int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, jobs := range s.jobs {
		n += jobs
	}
	return n - s.pool.Idle()
}

func (p *Pool) Idle() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.idle
}

func (p *Pool) Go(s *Stats, name string, job func()) {
	p.workers.Add(1)
	go func() {
		defer p.workers.Done()
		s.count(name)
	}()
}

func (p *Pool) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.workers.Wait() // want wait: Pool.mu Pool.workers Stats.mu
	p.idle = 0
}
