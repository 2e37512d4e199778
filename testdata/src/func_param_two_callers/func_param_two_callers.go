// Package func_param_two_callers: two callers pass different callbacks to one
// function; merged, they would make an order that neither has.
package func_param_two_callers

import "sync"

// want nothing

type Tree struct{ keys []string }

type Journal struct {
	mu    sync.Mutex
	lines []string
}

type Index struct {
	mu   sync.Mutex
	size int
}

func (t *Tree) each(visit func(key string)) {
	for _, k := range t.keys {
		visit(k)
	}
}

// Dump holds Journal.mu and visits with a callback that takes Index.mu.
func Dump(t *Tree, j *Journal, x *Index) {
	j.mu.Lock()
	defer j.mu.Unlock()
	t.each(func(k string) {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.size++
		j.lines = append(j.lines, k)
	})
}

// Count holds Index.mu and visits with a callback that takes nothing.
func Count(t *Tree, x *Index) {
	x.mu.Lock()
	defer x.mu.Unlock()
	t.each(func(string) { x.size++ })
}

// Log holds nothing and visits with a callback that takes Journal.mu.
func Log(t *Tree, j *Journal) {
	t.each(func(k string) {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.lines = append(j.lines, k)
	})
}

// want edge: Journal.mu -> Index.mu
// want no edge: Index.mu -> Journal.mu
// want no edge: Index.mu -> Index.mu
// want no edge: Journal.mu -> Journal.mu
