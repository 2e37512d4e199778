// Package cond_locker_set: the L of a condition is set to the read side of a lock,
// which is then read-locked again.
package cond_locker_set

import "sync"

type Config struct {
	mu   sync.RWMutex
	cond sync.Cond
	n    int
}

func New() *Config {
	c := &Config{}
	c.cond.L = c.mu.RLocker()
	return c
}

func (c *Config) Run() int {
	c.cond.L.Lock()
	defer c.cond.L.Unlock()
	return c.read()
}

func (c *Config) read() int {
	c.mu.RLock() // want rlock: Config.mu
	defer c.mu.RUnlock()
	return c.n
}

func (c *Config) Set(n int) {
	c.mu.Lock()
	c.n = n
	c.mu.Unlock()
}
