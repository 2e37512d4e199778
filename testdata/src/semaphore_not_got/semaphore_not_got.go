// Package semaphore_not_got: the lock is taken on the way without the permit.
package semaphore_not_got

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
		d.mu.Lock()
		d.n--
		d.mu.Unlock()
		return err
	}
	d.busy.Release(1)
	return nil
}

func (d *Device) Reset(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.busy.Acquire(ctx, 1); err != nil {
		return err
	}
	d.busy.Release(1)
	return nil
}
