// Package goker_etcd_6708_like: a client asks, with its lock held, an
// interface that was made of itself by a constructor.
package goker_etcd_6708_like

import "sync"

type Doer interface{ Do() int }

type API interface{ Leader() int }

type members struct{ client Doer }

func newAPI(c Doer) API { return &members{client: c} }

func (m *members) Leader() int { return m.client.Do() }

type Cluster struct {
	sync.RWMutex
	leader int
	pinned bool
}

func (c *Cluster) Do() int {
	c.RLock() // want relock: Cluster.RWMutex
	defer c.RUnlock()
	return c.leader
}

func (c *Cluster) choose() {
	switch c.pinned {
	case true:
	case false:
		c.leader = newAPI(c).Leader()
	}
}

func (c *Cluster) Sync() {
	c.Lock()
	defer c.Unlock()
	c.choose()
}
