// Package func_field_unnamed: two structs without a name have a function each. One
// is called with the lock held, the other takes it.
package func_field_unnamed

import "sync"

// want nothing

var (
	mu    sync.Mutex
	total int
)

// Once returns a function that calls f the first time.
func Once(f func() int) func() int {
	d := struct {
		f    func() int
		done bool
		n    int
	}{f: f}
	return func() int {
		mu.Lock()
		defer mu.Unlock()
		if !d.done {
			d.n, d.done = d.f(), true
		}
		return d.n
	}
}

func All() {
	for _, step := range []struct {
		name string
		run  func() int
	}{{"add", add}, {"clear", clearAll}} {
		step.run()
	}
}

func add() int {
	mu.Lock()
	defer mu.Unlock()
	total++
	return total
}

func clearAll() int {
	mu.Lock()
	defer mu.Unlock()
	total = 0
	return 0
}
