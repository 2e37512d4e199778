// Package goker_etcd_5509_like: a read lock that is taken in each round of a
// loop is kept by the return from the loop.
package goker_etcd_5509_like

import (
	"errors"
	"sync"
)

type Client struct {
	mu     sync.RWMutex
	gen    int
	closed bool
}

type Remote struct {
	client *Client
	n      int
}

func (r *Remote) Acquire() error {

	// want leak: Client.mu
	for {
		r.client.mu.RLock()
		if r.client.closed {
			return errors.New("closed")
		}
		if r.n == r.client.gen {
			r.client.mu.RUnlock()
			return nil
		}
		r.n = r.client.gen
		r.client.mu.RUnlock()
	}
}

func (c *Client) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
}
