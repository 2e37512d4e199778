// Package goker_etcd_5509_fixed: the read lock is released before the return
// for a closed client.
package goker_etcd_5509_fixed

import (
	"errors"
	"sync"
)

// want nothing

type Client struct {
	mu     sync.RWMutex
	cancel func()
}

var errClosed = errors.New("closed")

type Remote struct {
	client *Client
	mu     sync.Mutex
	n      int
}

func (r *Remote) Acquire() error {
	r.client.mu.RLock()
	closed := r.client.cancel == nil
	r.mu.Lock()
	r.n++
	r.mu.Unlock()
	if closed {
		r.client.mu.RUnlock()
		return errClosed
	}
	r.client.mu.RUnlock()
	return nil
}

func (c *Client) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cancel != nil {
		c.cancel()
	}
	c.cancel = nil
}
