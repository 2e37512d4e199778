// Package generic_own_type: an exported generic list, of a type that only this
// package can name: nobody else adds to it, so that all who write it hold the
// index. Of strings anybody may have a list.
package generic_own_type

import "sync"

type List[T any] struct {
	sync.RWMutex
	all []T
}

func (l *List[T]) Each(f func(T)) {
	l.RLock()
	defer l.RUnlock()
	for _, t := range l.all {
		f(t)
	}
}

func (l *List[T]) Len() int {
	l.RLock()
	defer l.RUnlock()
	return len(l.all)
}

func (l *List[T]) Add(t T) {
	l.Lock()
	defer l.Unlock()
	l.all = append(l.all, t)
}

type item struct {
	n int
}

type Box struct {
	index sync.RWMutex
	mu    sync.Mutex
	items *List[*item]
	names *List[string]
	n     int
}

func New() *Box { return &Box{items: &List[*item]{}, names: &List[string]{}} }

func (b *Box) Sum() {
	b.index.RLock()
	defer b.index.RUnlock()
	b.items.Each(b.count)
}

func (b *Box) count(i *item) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n += i.n
}

func (b *Box) Full() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.items.Len() > b.n
}

func (b *Box) Put(n int) {
	b.index.Lock()
	defer b.index.Unlock()
	b.items.Add(&item{n})
}

func (b *Box) Names() {
	b.index.RLock()
	defer b.index.RUnlock()
	b.names.Each(b.name)
}

func (b *Box) name(s string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n += len(s)
}

func (b *Box) Named() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.names.Len() > b.n // want cycle: List[string].RWMutex Box.mu
}

func (b *Box) Name(s string) {
	b.index.Lock()
	defer b.index.Unlock()
	b.names.Add(s)
}
