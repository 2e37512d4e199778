// Package kept_sync_map keeps listeners in a sync.Map: one takes the lock under
// which all are told, another that under which one is asked.
package kept_sync_map

import "sync"

type Bus struct {
	listeners sync.Map // of string: func(int)
}

func (b *Bus) On(name string, f func(int)) { b.listeners.Store(name, f) }

func (b *Bus) Tell(n int) {
	b.listeners.Range(func(_, f any) bool {
		f.(func(int))(n)
		return true
	})
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
	defer t.mu.Unlock()
	t.bus.Tell(n) // want relock: Table.mu
}

type Codec interface{ Encode() int }

type Registry struct {
	mu     sync.Mutex
	codecs sync.Map // of string: Codec
	n      int
}

func (r *Registry) Add(name string) { r.codecs.Store(name, &counting{of: r}) }

func (r *Registry) Encode(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c, ok := r.codecs.Load(name); ok {
		r.n += c.(Codec).Encode() // want relock: Registry.mu
	}
}

type counting struct{ of *Registry }

func (c *counting) Encode() int {
	c.of.mu.Lock()
	defer c.of.mu.Unlock()
	c.of.n++
	return c.of.n
}
