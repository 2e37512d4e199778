// Package goker_hugo_3251_fixed: the lock of a key is taken after the lock of
// the map is released, and released under a read lock of the map.
package goker_hugo_3251_fixed

import "sync"

// want nothing

type Keyed struct {
	mu    sync.RWMutex
	locks map[string]*sync.Mutex
}

func (k *Keyed) lock(key string) {
	k.mu.Lock()
	if _, ok := k.locks[key]; !ok {
		k.locks[key] = &sync.Mutex{}
	}
	l := k.locks[key]
	k.mu.Unlock()
	l.Lock()
}

func (k *Keyed) unlock(key string) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if l, ok := k.locks[key]; ok {
		l.Unlock()
	}
}

func Fetch(k *Keyed, url string) int {
	k.lock(url)
	defer func() { k.unlock(url) }()
	return len(url)
}

// want no edge: Keyed.mu -> Keyed.locks[*]
