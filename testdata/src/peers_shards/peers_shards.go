// Package peers_shards: all shards of one map are locked in the order of their
// index.
package peers_shards

import "sync"

// want nothing

type shard struct {
	mu sync.RWMutex
	m  map[string]int
}

type Map struct{ shards [8]shard }

func (m *Map) Len() (n int) {
	for i := range m.shards {
		m.shards[i].mu.RLock()
	}
	for i := range m.shards {
		n += len(m.shards[i].m)
	}
	for i := range m.shards {
		m.shards[i].mu.RUnlock()
	}
	return n
}

func (m *Map) Clear() {
	for i := range m.shards {
		m.shards[i].mu.Lock()
	}
	for i := range m.shards {
		clear(m.shards[i].m)
		m.shards[i].mu.Unlock()
	}
}
