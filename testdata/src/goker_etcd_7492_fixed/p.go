// Package goker_etcd_7492_fixed: the keeper has a lock of its own, and is told
// by taking it.
package goker_etcd_7492_fixed

import (
	"sync"
	"time"
)

// want nothing

type Tokens struct {
	mu    sync.Mutex
	users map[string]string

	freshMu sync.Mutex
	fresh   map[string]bool
	tick    *time.Ticker
	stop    chan struct{}
}

func (t *Tokens) keep() {
	for {
		select {
		case <-t.tick.C:
			t.expire()
		case <-t.stop:
			return
		}
	}
}

func (t *Tokens) expire() {
	t.freshMu.Lock()
	var old []string
	for token := range t.fresh {
		old = append(old, token)
	}
	clear(t.fresh)
	t.freshMu.Unlock()
	t.mu.Lock()
	for _, token := range old {
		delete(t.users, token)
	}
	t.mu.Unlock()
}

func (t *Tokens) Start() { go t.keep() }

func (t *Tokens) Assign(user, token string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.users[token] = user
	t.freshMu.Lock()
	t.fresh[token] = true
	t.freshMu.Unlock()
}
