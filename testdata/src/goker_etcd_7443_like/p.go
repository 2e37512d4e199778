// Package goker_etcd_7443_like: who hears that all connections are down takes
// the lock under which he is told.
package goker_etcd_7443_like

import "sync"

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
	defer b.mu.Unlock()
	b.pinned = ""
	b.notify <- nil // want wait: Balancer.mu Balancer.notify
}
