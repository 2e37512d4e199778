// Package semaphore_taken_twice: the one permit is asked for by who has it.
package semaphore_taken_twice

import (
	"context"

	"golang.org/x/sync/semaphore"
)

var busy = semaphore.NewWeighted(1)

func Write(ctx context.Context, parts []string) error {
	if err := busy.Acquire(ctx, 1); err != nil {
		return err
	}
	defer busy.Release(1)
	for range parts {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

func part(ctx context.Context) error {
	if err := busy.Acquire(ctx, 1); err != nil { // want relock: busy
		return err
	}
	busy.Release(1)
	return nil
}
