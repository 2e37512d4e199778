// Package semaphore_tried: who does not get the permit at once goes away.
package semaphore_tried

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

// want nothing

type Device struct {
	mu   sync.Mutex
	busy *semaphore.Weighted
	n    int
}

func New() *Device { return &Device{busy: semaphore.NewWeighted(1)} }

func (d *Device) Write(ctx context.Context) error {
	if err := d.busy.Acquire(ctx, 1); err != nil {
		return err
	}
	defer d.busy.Release(1)
	d.mu.Lock()
	d.n++
	d.mu.Unlock()
	return nil
}

func (d *Device) Reset(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.busy.TryAcquire(1) {
		return ctx.Err()
	}
	d.n = 0
	d.busy.Release(1)
	return nil
}
