// Package goker_etcd_6873_like: the stop waits under the lock for a worker
// that needs it before it ends.
package goker_etcd_6873_like

import "sync"

type Broadcasts struct {
	mu      sync.Mutex
	updates chan int
	done    chan struct{}
	n       int
}

func New() *Broadcasts {
	b := &Broadcasts{updates: make(chan int, 1), done: make(chan struct{})}
	go b.run()
	return b
}

func (b *Broadcasts) run() {
	for u := range b.updates {
		b.mu.Lock()
		b.n += u
		b.mu.Unlock()
	}
	b.done <- struct{}{}
}

func (b *Broadcasts) Stop() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.updates)
	<-b.done // want wait: Broadcasts.done Broadcasts.mu
	return b.n
}
