// Package bus tells its subscribers with its lock held.
package bus

import "sync"

// A Bus is a list of subscribers.
type Bus struct {
	mu   sync.Mutex
	subs []func(string)
}

// Subscribe adds one.
func (b *Bus) Subscribe(f func(string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.subs = append(b.subs, f)
}

// Publish tells all.
func (b *Bus) Publish(s string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.subs {
		f(s)
	}
}
