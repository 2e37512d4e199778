// Package goker_cockroach_13755_like: the error is read-locked over the wait
// for the goroutine that writes it.
package goker_cockroach_13755_like

import (
	"context"
	"sync"
)

type Rows struct {
	mu     sync.RWMutex
	err    error
	cancel context.CancelFunc
	ended  sync.WaitGroup
}

func Query(ctx context.Context) *Rows {
	ctx, cancel := context.WithCancel(ctx)
	r := &Rows{cancel: cancel}
	r.ended.Go(func() { r.await(ctx) })
	return r
}

func (r *Rows) await(ctx context.Context) {
	<-ctx.Done()
	r.mu.Lock()
	r.err = ctx.Err()
	r.mu.Unlock()
}

func (r *Rows) Close() error {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.cancel()
	r.ended.Wait() // want wait: Rows.mu Rows.ended
	return r.err
}
