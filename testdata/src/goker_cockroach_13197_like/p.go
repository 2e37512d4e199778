// Package goker_cockroach_13197_like: the goroutine of a transaction is waited
// for under the lock that it takes when the context ends.
package goker_cockroach_13197_like

import (
	"context"
	"sync"
)

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
	tx.mu.Lock()
	defer tx.mu.Unlock()
	if tx.closed {
		return
	}
	tx.cancel()
	<-tx.gone // want wait: Tx.mu Tx.gone
}
