// Package goker_etcd_7492_like: a token is told to its keeper under the lock
// that the keeper takes when one expires.
package goker_etcd_7492_like

import (
	"sync"
	"time"
)

type Tokens struct {
	mu    sync.Mutex
	users map[string]string
	add   chan string
	tick  *time.Ticker
	stop  chan struct{}
}

func (t *Tokens) keep() {
	fresh := make(map[string]bool)
	for {
		select {
		case token := <-t.add:
			fresh[token] = true
		case <-t.tick.C:
			for token := range fresh {
				t.expire(token)
			}
		case <-t.stop:
			return
		}
	}
}

func (t *Tokens) expire(token string) {
	t.mu.Lock()
	delete(t.users, token)
	t.mu.Unlock()
}

func (t *Tokens) Start() { go t.keep() }

func (t *Tokens) Assign(user, token string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.users[token] = user
	t.add <- token // want wait: Tokens.mu Tokens.add
}
