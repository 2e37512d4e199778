// Package goker_hugo_3251_like: the lock of a key is taken under the lock of
// the map, returned as held, and a counter in the map's struct is locked while
// it is held.
package goker_hugo_3251_like

import "sync"

type Keyed struct {
	mu    sync.Mutex
	locks map[string]*sync.Mutex
	hits  int
}

func (k *Keyed) lock(key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	l := k.locks[key]
	if l == nil {
		l = new(sync.Mutex)
		k.locks[key] = l
	}
	l.Lock() // want cycle: Keyed.mu Keyed.locks[*]
}

func (k *Keyed) unlock(key string) {
	k.mu.Lock()
	k.hits++
	l := k.locks[key]
	k.mu.Unlock()
	l.Unlock()
}

func Fetch(k *Keyed, url string) int {
	k.lock(url)
	defer k.unlock(url)
	return len(url)
}
