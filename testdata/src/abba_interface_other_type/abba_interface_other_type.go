// Package abba_interface_other_type: of two implementations only the harmless
// one ever reaches the interface field.
package abba_interface_other_type

import "sync"

// want nothing

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
	c.listener.Changed(k)
}

func (c *Config) Get(k string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.values[k]
}

type counter struct{ n int }

func (c *counter) Changed(string) { c.n++ }

func NewConfig() *Config {
	return &Config{values: make(map[string]string), listener: &counter{}}
}

// Watcher has the method too, but no Config holds one.
type Watcher struct {
	mu     sync.Mutex
	config *Config
	last   string
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

// want no edge: Config.mu -> Watcher.mu
