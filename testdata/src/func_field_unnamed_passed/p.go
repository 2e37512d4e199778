// Package func_field_unnamed_passed: the struct without a name that a function is put
// into, and the one that it is called of, are written in two places.
package func_field_unnamed_passed

import "sync"

var (
	mu    sync.Mutex
	total int
)

func All() {
	each([]struct {
		name string
		run  func() int
	}{{"add", add}})
}

func each(steps []struct {
	name string
	run  func() int
}) {
	mu.Lock()
	defer mu.Unlock()
	for _, s := range steps {
		s.run() // want relock: mu
	}
}

func add() int {
	mu.Lock()
	defer mu.Unlock()
	total++
	return total
}
