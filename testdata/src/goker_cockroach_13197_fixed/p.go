// Package goker_cockroach_13197_fixed: the transaction ends the context that
// its goroutine waits for, and waits for the goroutine without the lock.
package goker_cockroach_13197_fixed

import (
	"context"
	"sync"
)

// want nothing

type Tx struct {
	mu     sync.Mutex
	closed bool
	cancel context.CancelFunc
	gone   chan struct{}
}

func Begin(ctx context.Context) *Tx {
	ctx, cancel := context.WithCancel(ctx)
	tx := &Tx{cancel: cancel, gone: make(chan struct{})}
	go tx.await(ctx)
	return tx
}

func (tx *Tx) await(ctx context.Context) {
	<-ctx.Done()
	tx.mu.Lock()
	tx.closed = true
	tx.mu.Unlock()
	close(tx.gone)
}

func (tx *Tx) Close() {
	tx.cancel()
	<-tx.gone
}
