// Package relock_closure_after: a closure made under the lock is called after
// the unlock.
package relock_closure_after

import "sync"

// want nothing

type Form struct {
	mu     sync.Mutex
	fields map[string]string
}

func (f *Form) Set(k, v string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fields[k] = v
}

func (f *Form) Merge(from map[string]string) {
	f.mu.Lock()
	apply := func() {
		for k, v := range from {
			f.Set(k, v)
		}
	}
	f.mu.Unlock()
	apply()
}
