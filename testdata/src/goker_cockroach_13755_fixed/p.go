// Package goker_cockroach_13755_fixed: closing the rows lets their goroutine
// go, and waits for it before the error is read.
package goker_cockroach_13755_fixed

import (
	"context"
	"sync"
)

// want nothing

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
	r.cancel()
	r.ended.Wait()
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.err
}
