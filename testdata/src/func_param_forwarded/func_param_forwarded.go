// Package func_param_forwarded: two callers pass different callbacks through
// two levels of functions.
package func_param_forwarded

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

func (t *Tree) each(visit func(key string)) { t.eachFrom(0, visit) }

func (t *Tree) eachFrom(i int, visit func(key string)) {
	for ; i < len(t.keys); i++ {
		visit(t.keys[i])
	}
}

func Dump(t *Tree, j *Journal, x *Index) {
	j.mu.Lock()
	defer j.mu.Unlock()
	t.each(func(k string) {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.size++
	})
}

func Log(t *Tree, j *Journal) {
	t.each(func(k string) {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.lines = append(j.lines, k)
	})
}

func Count(t *Tree, x *Index) {
	x.mu.Lock()
	defer x.mu.Unlock()
	t.each(func(string) { x.size++ })
}

// want edge: Journal.mu -> Index.mu
// want no edge: Index.mu -> Journal.mu
