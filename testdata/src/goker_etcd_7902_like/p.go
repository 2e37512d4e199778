// Package goker_etcd_7902_like: the followers wait for the next round under
// the lock that its leader takes before he opens it.
package goker_etcd_7902_like

import "sync"

type Round struct {
	mu   sync.Mutex
	next chan struct{}
	n    int
}

func New() *Round { return &Round{next: make(chan struct{})} }

func (r *Round) validate() {
	r.mu.Lock()
	r.n++
	r.mu.Unlock()
}

func (r *Round) Follow() {
	r.validate()
	r.mu.Lock()
	<-r.next // want wait: Round.mu Round.next
	r.mu.Unlock()
}

func (r *Round) Lead() {
	r.validate()
	r.mu.Lock()
	close(r.next)
	r.mu.Unlock()
}
