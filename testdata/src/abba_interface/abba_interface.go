// Package abba_interface: one of the two orders goes through an interface
// method.
package abba_interface

import "sync"

type Listener interface{ Changed(key string) }

type Config struct {
	mu       sync.Mutex
	values   map[string]string
	listener Listener
}

func (c *Config) Set(k, v string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.values[k] = v
	c.listener.Changed(k) // want cycle: Config.mu Watcher.mu
}

func (c *Config) Get(k string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.values[k]
}

type Watcher struct {
	mu     sync.Mutex
	config *Config
	last   string
}

func NewWatcher(c *Config) *Watcher {
	w := &Watcher{config: c}
	c.listener = w
	return w
}

func (w *Watcher) Changed(k string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last = k
}

func (w *Watcher) Refresh() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last = w.config.Get(w.last)
}
