// Package func_field_unnamed_held: as func_field_unnamed, but what takes the lock is
// in the struct whose function is called with the lock held.
package func_field_unnamed_held

import "sync"

var (
	mu    sync.Mutex
	total int
)

func once(f func() int) func() int {
	d := struct {
		f    func() int
		done bool
		n    int
	}{f: f}
	return func() int {
		mu.Lock()
		defer mu.Unlock()
		if !d.done {
			d.n, d.done = d.f(), true // want relock: mu
		}
		return d.n
	}
}

func All() int {
	first := once(add)
	for _, step := range []struct {
		name string
		run  func() int
	}{{"first", first}, {"clear", clearAll}} {
		step.run()
	}
	return total
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
