// Package goker_etcd_7443_fixed: the lock is given back before the watcher is
// told.
package goker_etcd_7443_fixed

import "sync"

// want nothing

type Balancer struct {
	mu     sync.Mutex
	pinned string
	notify chan []string
}

func (b *Balancer) watch() {
	for addrs := range b.notify {
		if len(addrs) == 0 {
			b.down()
		}
	}
}

func (b *Balancer) Start() { go b.watch() }

func (b *Balancer) down() {
	b.mu.Lock()
	b.pinned = ""
	b.mu.Unlock()
}

func (b *Balancer) Drop() {
	b.mu.Lock()
	b.pinned = ""
	b.mu.Unlock()
	b.notify <- nil
}
