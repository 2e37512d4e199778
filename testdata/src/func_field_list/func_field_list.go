// Package func_field_list: functions in a list of the object, one of them set by a
// method that is given a bound method, take the lock held over their calls.
package func_field_list

import "sync"

type Bus struct {
	mu    sync.RWMutex
	hooks []func()
	count int
}

func (b *Bus) on(f func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hooks = append(b.hooks, f)
}

func New() *Bus {
	b := new(Bus)
	b.on(b.tally)
	return b
}

func (b *Bus) tally() {
	b.mu.Lock() // want relock: Bus.mu
	b.count++
	b.mu.Unlock()
}

func (b *Bus) Fire() {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, f := range b.hooks {
		f()
	}
}
