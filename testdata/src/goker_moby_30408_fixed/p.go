// Package goker_moby_30408_fixed: who has loaded the manifest, or failed to,
// signals either way.
package goker_moby_30408_fixed

import "sync"

// want nothing

type Manifest struct {
	mu   sync.Mutex
	cond *sync.Cond
	done bool
	err  error
}

func New() *Manifest {
	p := &Manifest{}
	p.cond = sync.NewCond(&p.mu)
	return p
}

func (p *Manifest) Do(do func() error) {
	err := do()
	p.mu.Lock()
	p.done, p.err = true, err
	p.mu.Unlock()
	p.cond.Broadcast()
}

func (p *Manifest) Wait() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.done {
		p.cond.Wait()
	}
	return p.err
}
