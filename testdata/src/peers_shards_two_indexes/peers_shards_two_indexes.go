// Package peers_shards_two_indexes: two shards are locked in the order in
// which their keys are given.
package peers_shards_two_indexes

import "sync"

type shard struct {
	mu sync.Mutex
	m  map[string]int
}

type Map struct{ shards [8]shard }

func (m *Map) Move(from, to int, k string) {
	m.shards[from].mu.Lock()
	defer m.shards[from].mu.Unlock()
	m.shards[to].mu.Lock() // want peers: shard.mu
	defer m.shards[to].mu.Unlock()
	m.shards[to].m[k] = m.shards[from].m[k]
}
