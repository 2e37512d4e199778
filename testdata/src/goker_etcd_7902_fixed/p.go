// Package goker_etcd_7902_fixed: the followers wait without the lock.
package goker_etcd_7902_fixed

import "sync"

// want nothing

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
	<-r.next
}

func (r *Round) Lead() {
	r.validate()
	close(r.next)
}
