// Package double_checked_unlocked: the second look finds work to be done, and gives up
// the lock for it.
package double_checked_unlocked

import "sync"

// want nothing

type Cache struct {
	mu    sync.Mutex
	disk  *Disk
	ready bool
}

type Disk struct {
	mu    sync.Mutex
	cache *Cache
	n     int
}

// Load looks at ready, and again once it has the lock: another may have been
// faster.
func (c *Cache) Load() {
	if c.ready {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ready {
		c.mu.Unlock()
		c.disk.count()
		c.mu.Lock()
		return
	}
	c.ready = true
}

func (d *Disk) count() {
	d.mu.Lock()
	d.n++
	d.mu.Unlock()
}

func (d *Disk) Drop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cache.mu.Lock()
	d.cache.ready = false
	d.cache.mu.Unlock()
}
