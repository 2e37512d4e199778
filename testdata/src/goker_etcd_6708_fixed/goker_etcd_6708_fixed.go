// Package goker_etcd_6708_fixed: the leader is asked through an interface
// before the client's own lock is taken.
package goker_etcd_6708_fixed

import "sync"

// want nothing

type Doer interface{ Do() int }

type Members struct{ client Doer }

func (m *Members) Leader() int { return m.client.Do() }

type Cluster struct {
	sync.RWMutex
	leader int
}

func (c *Cluster) Do() int {
	c.RLock()
	defer c.RUnlock()
	return c.leader
}

func (c *Cluster) Sync() {
	m := &Members{client: c}
	l := m.Leader()
	c.Lock()
	defer c.Unlock()
	c.leader = l + 1
}
