// Package select_cancelled_closure: a closure hands values on, under a lock
// that their receiver needs, until the context is cancelled that the function
// around it was given.
package select_cancelled_closure

import (
	"context"
	"sync"
)

type Feed struct {
	mu   sync.Mutex
	out  chan int
	seen int
}

func (f *Feed) Run(ctx context.Context, in []int) {
	go f.serve(ctx)
	put := func(n int) bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		select { // want wait: Feed.mu Feed.out
		case f.out <- n:
			return true
		case <-ctx.Done():
			return false
		}
	}
	for _, n := range in {
		if !put(n) {
			return
		}
	}
}

func (f *Feed) serve(ctx context.Context) {
	for {
		select {
		case n := <-f.out:
			f.mu.Lock()
			f.seen += n
			f.mu.Unlock()
		case <-ctx.Done():
			return
		}
	}
}
