// Package kept_sync_map_other collects the listeners of a sync.Map under the
// lock, and tells them after it.
package kept_sync_map_other

import "sync"

// want nothing

type Bus struct {
	listeners sync.Map // of string: func(int)
}

func (b *Bus) On(name string, f func(int)) { b.listeners.Store(name, f) }

func (b *Bus) all() []func(int) {
	var out []func(int)
	b.listeners.Range(func(_, f any) bool {
		out = append(out, f.(func(int)))
		return true
	})
	return out
}

type Table struct {
	mu  sync.Mutex
	bus *Bus
	n   int
}

func New() *Table {
	t := &Table{bus: &Bus{}}
	t.bus.On("table", t.told)
	return t
}

func (t *Table) told(n int) {
	t.mu.Lock()
	t.n = n
	t.mu.Unlock()
}

func (t *Table) Set(n int) {
	t.mu.Lock()
	fs := t.bus.all()
	t.mu.Unlock()
	for _, f := range fs {
		f(n)
	}
}
