// Package goroutine_started_by_callee: a callee starts the function it is
// given in a goroutine, with the caller's lock held.
package goroutine_started_by_callee

import "sync"

// want nothing

type Feed struct {
	mu    sync.Mutex
	items []int
}

func start(f func()) {
	go func() { f() }()
}

func startDirect(f func()) { go f() }

func (f *Feed) Publish() {
	f.mu.Lock()
	defer f.mu.Unlock()
	start(f.trim)
	startDirect(func() { f.trim() })
}

func (f *Feed) trim() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.items = f.items[:0]
}

// want no edge: Feed.mu -> Feed.mu
