// Package mutex_wrapper_embedding_of_embedding: a mutex type that embeds one
// that embeds one, and is itself embedded beside data.
package mutex_wrapper_embedding_of_embedding

import "sync"

type plain struct {
	sync.RWMutex
}

// RWMutex adds nothing but its name.
type RWMutex struct {
	plain
}

type Store struct {
	RWMutex
	rows map[string]int
}

type Index struct {
	RWMutex
	keys []string
}

func Insert(s *Store, x *Index, key string) {
	s.Lock()
	defer s.Unlock()
	s.rows[key]++
	x.Lock() // want cycle: Store.RWMutex Index.RWMutex
	defer x.Unlock()
	x.keys = append(x.keys, key)
}

func Rebuild(s *Store, x *Index) {
	x.Lock()
	defer x.Unlock()
	s.RLock()
	defer s.RUnlock()
	x.keys = x.keys[:0]
	for key := range s.rows {
		x.keys = append(x.keys, key)
	}
}
