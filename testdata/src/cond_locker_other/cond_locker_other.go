// Package cond_locker_other: the L of a condition is the read side of one lock, and
// another is read-locked under it.
package cond_locker_other

import "sync"

// want nothing

type Config struct {
	mu    sync.RWMutex
	other sync.RWMutex
	cond  *sync.Cond
	n     int
}

func New() *Config {
	c := &Config{}
	c.cond = sync.NewCond(c.mu.RLocker())
	return c
}

func (c *Config) Run() int {
	c.cond.L.Lock()
	defer c.cond.L.Unlock()
	c.other.RLock()
	defer c.other.RUnlock()
	return c.n
}

func (c *Config) Set(n int) {
	c.mu.Lock()
	c.n = n
	c.mu.Unlock()
	c.other.Lock()
	c.n = n
	c.other.Unlock()
}
