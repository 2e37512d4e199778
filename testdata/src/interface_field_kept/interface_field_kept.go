// Package interface_field_kept: an interface that a constructor keeps behind two
// wrappers leads back to the lock that is held.
package interface_field_kept

import "sync"

type Doer interface{ Do() }

type logged struct{ next Doer }

func (l *logged) Do() { l.next.Do() }

type retried struct {
	tries int
	next  Doer
}

func (r *retried) Do() { r.next.Do() }

func wrap(d Doer) Doer { return &retried{tries: 3, next: &logged{next: d}} }

type Client struct {
	mu sync.Mutex
	n  int
}

func (c *Client) Do() {
	c.mu.Lock() // want relock: Client.mu
	c.n++
	c.mu.Unlock()
}

func (c *Client) Sync() {
	c.mu.Lock()
	defer c.mu.Unlock()
	wrap(c).Do()
}
