// Package goroutine_body_called: the body that goroutine_under_lock starts in
// a goroutine is called instead.
package goroutine_body_called

import "sync"

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

	func() {
		a.mu.Lock() // want cycle: Feed.mu Archive.mu
		a.n++
		a.mu.Unlock()
	}()
}

func (a *Archive) Take(f *Feed) {
	a.mu.Lock()
	defer a.mu.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	a.n += len(f.items)
}
