// Package outside_cancel_func: who watches gets a channel and a function that
// ends the watch, and takes the lock under which he is sent to; nobody looks at
// the context there.
package outside_cancel_func

import (
	"context"
	"sync"
)

type Informer[T any] struct {
	mu       sync.Mutex
	next     int
	watchers map[int]chan T
}

func New[T any]() *Informer[T] { return &Informer[T]{watchers: make(map[int]chan T)} }

func (i *Informer[T]) Watch(ctx context.Context) (<-chan T, func(), error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	ch := make(chan T)
	i.mu.Lock()
	id := i.next
	i.next++
	i.watchers[id] = ch
	i.mu.Unlock()
	return ch, func() {
		i.mu.Lock()
		defer i.mu.Unlock()
		if _, ok := i.watchers[id]; ok {
			delete(i.watchers, id)
			close(ch)
		}
	}, nil
}

func (i *Informer[T]) Event(v T) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, ch := range i.watchers {
		ch <- v // want wait: Informer.mu Informer.watchers[*]
	}
}
