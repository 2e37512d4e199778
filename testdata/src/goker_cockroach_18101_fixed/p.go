// Package goker_cockroach_18101_fixed: who sends looks at the context too.
package goker_cockroach_18101_fixed

import "context"

// want nothing

func scatter(ctx context.Context, ranges int, ready chan<- int) error {
	for i := range ranges {
		select {
		case ready <- i:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	close(ready)
	return nil
}

func Restore(ctx context.Context) (n int) {
	ready := make(chan int)
	go scatter(ctx, 8, ready)
	for {
		select {
		case _, ok := <-ready:
			if !ok {
				return n
			}
			n++
		case <-ctx.Done():
			return n
		}
	}
}
