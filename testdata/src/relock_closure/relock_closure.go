// Package relock_closure: a closure called under the lock takes it again.
package relock_closure

import "sync"

type Form struct {
	mu     sync.Mutex
	fields map[string]string
}

func each(m map[string]string, f func(k, v string)) {
	for k, v := range m {
		f(k, v)
	}
}

func (f *Form) Set(k, v string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fields[k] = v
}

func (f *Form) Merge(from map[string]string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	each(from, func(k, v string) { f.Set(k, v) }) // want relock: Form.mu
}
