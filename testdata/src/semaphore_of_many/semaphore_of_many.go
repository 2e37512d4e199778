// Package semaphore_of_many: there are permits enough for both.
package semaphore_of_many

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

func New() *Device { return &Device{busy: semaphore.NewWeighted(8)} }

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
	if err := d.busy.Acquire(ctx, 1); err != nil {
		return err
	}
	d.n = 0
	d.busy.Release(1)
	return nil
}
