// Package goroutine_under_lock: a goroutine is started with a lock held; its
// body takes what its parent holds, and more, but holds nothing when it
// starts.
package goroutine_under_lock

import "sync"

// want nothing

type Feed struct {
	mu    sync.Mutex
	items []int
}

type Archive struct {
	mu sync.Mutex
	n  int
}

func (f *Feed) Publish(a *Archive) {
	f.mu.Lock()
	defer f.mu.Unlock()
	go func() {
		a.mu.Lock()
		a.n++
		a.mu.Unlock()
		f.mu.Lock()
		f.items = nil
		f.mu.Unlock()
	}()
	go f.trim()
}

func (f *Feed) trim() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.items = f.items[:0]
}

func (a *Archive) Take(f *Feed) {
	a.mu.Lock()
	defer a.mu.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	a.n += len(f.items)
}

// want no edge: Feed.mu -> Archive.mu
// want no edge: Feed.mu -> Feed.mu
