// Package gate_on_way_fresh: both sides hold a lock of one declaration over
// their second lock, but one of them that of an object that it has just made.
// Nobody else can wait for that: it keeps nothing apart.
package gate_on_way_fresh

import "sync"

type entry struct {
	mu sync.Mutex
	n  int
}

type Cache struct {
	index sync.Mutex
	disk  sync.Mutex
	all   map[string]*entry
}

func (c *Cache) Flush(name string) {
	c.index.Lock()
	e := c.all[name]
	c.index.Unlock()
	e.mu.Lock()
	defer e.mu.Unlock()
	c.disk.Lock()
	defer c.disk.Unlock()
	c.drop(name) // want cycle: Cache.disk Cache.index
}

func (c *Cache) drop(name string) {
	c.index.Lock()
	defer c.index.Unlock()
	delete(c.all, name)
}

func (c *Cache) Fill(name string) {
	c.index.Lock()
	defer c.index.Unlock()
	e := &entry{}
	e.mu.Lock()
	c.read(e)
	e.mu.Unlock()
	c.all[name] = e
}

func (c *Cache) read(e *entry) {
	c.disk.Lock()
	defer c.disk.Unlock()
	e.n++
}
