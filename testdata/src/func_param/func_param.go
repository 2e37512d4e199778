// Package func_param: a function passed as an argument takes the second lock
// under the first.
package func_param

import "sync"

type Tree struct {
	mu   sync.Mutex
	keys []string
}

type Journal struct {
	mu    sync.Mutex
	lines []string
}

func (t *Tree) Each(visit func(key string)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, k := range t.keys {
		visit(k) // want cycle: Tree.mu Journal.mu
	}
}

func (t *Tree) Add(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.keys = append(t.keys, k)
}

func (j *Journal) Dump(t *Tree) {
	t.Each(func(k string) {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.lines = append(j.lines, k)
	})
}

func (j *Journal) Replay(t *Tree) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, k := range j.lines {
		t.Add(k)
	}
}
