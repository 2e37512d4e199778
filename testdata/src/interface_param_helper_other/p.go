// Package interface_param_helper_other: a helper calls a method of its interface
// parameter, and is called with the type whose method takes the other lock
// without the lock only.
package interface_param_helper_other

import "sync"

// want nothing

type source interface{ value(key string) int }

type fixed struct{ n int }

func (f fixed) value(string) int { return f.n }

type table struct {
	mu   sync.Mutex
	rows map[string]int
	back *Cache
}

func (t *table) value(key string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.rows[key]
}

func (t *table) Reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.back.Clear()
}

func sum(s source, keys ...string) int {
	n := 0
	for _, key := range keys {
		n += s.value(key)
	}
	return n
}

type Cache struct {
	mu    sync.Mutex
	total int
	table *table
}

func (c *Cache) Clear() {
	c.mu.Lock()
	c.total = 0
	c.mu.Unlock()
}

func (c *Cache) Fill() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.total = sum(fixed{3}, "a", "b")
}

func (c *Cache) Guess() int { return sum(c.table, "a") }
