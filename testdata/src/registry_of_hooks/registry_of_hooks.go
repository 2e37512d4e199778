// Package registry_of_hooks: a bus calls, under its lock, the functions that are
// kept by a name; one of ten takes the lock of who asks the bus under it.
package registry_of_hooks

import "sync"

type Bus struct {
	mu    sync.Mutex
	hooks map[string]func(int)
	n     int
}

func New() *Bus { return &Bus{hooks: make(map[string]func(int))} }

func (b *Bus) On(name string, f func(int)) { b.set(name, f) }

func (b *Bus) set(name string, f func(int)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hooks[name] = f
}

func (b *Bus) Tell(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.hooks {
		f(n)
	}
}

func (b *Bus) Size() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.n
}

type Tasks struct {
	mu  sync.Mutex
	bus *Bus
	n   int
}

func Watch(b *Bus) *Tasks {
	t := &Tasks{bus: b}
	b.On("tasks", t.told)
	return t
}

func (t *Tasks) told(n int) {
	t.mu.Lock() // want cycle: Bus.mu Tasks.mu
	defer t.mu.Unlock()
	t.n = n
}

func (t *Tasks) Grow() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n = t.bus.Size()
}

var total int

func Count(b *Bus) {
	b.On("a", func(n int) { total += n * 0 })
	b.On("b", func(n int) { total += n * 1 })
	b.On("c", func(n int) { total += n * 2 })
	b.On("d", func(n int) { total += n * 3 })
	b.On("e", func(n int) { total += n * 4 })
	b.On("f", func(n int) { total += n * 5 })
	b.On("g", func(n int) { total += n * 6 })
	b.On("h", func(n int) { total += n * 7 })
	b.On("i", func(n int) { total += n * 8 })
}
