// Package waitgroup_go_under_lock: WaitGroup.Go is given, with a lock held, a
// function that takes it; nobody waits under the lock.
package waitgroup_go_under_lock

import "sync"

// want nothing

type Crawl struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	seen int
}

func (c *Crawl) Visit(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for range n {
		c.wg.Go(func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.seen++
		})
	}
}

func (c *Crawl) Wait() int {
	c.wg.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen
}

// want no edge: Crawl.mu -> Crawl.mu
