// Package goker_etcd_6873_fixed: the stop closes the queue under the lock and
// waits for the end after it.
package goker_etcd_6873_fixed

import "sync"

// want nothing

type Broadcasts struct {
	mu      sync.Mutex
	updates chan int
	done    chan struct{}
	n       int
}

func New() *Broadcasts {
	b := &Broadcasts{updates: make(chan int, 1), done: make(chan struct{})}
	go func() {
		defer close(b.done)
		for u := range b.updates {
			b.coalesce(u)
		}
	}()
	return b
}

func (b *Broadcasts) coalesce(u int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n += u
}

func (b *Broadcasts) Stop() {
	b.mu.Lock()
	close(b.updates)
	b.mu.Unlock()
	<-b.done
}
