// Package goker_kubernetes_25331_fixed: the error channel has room, and
// stopping ends the context that run looks at.
package goker_kubernetes_25331_fixed

import "context"

// want nothing

type Watch struct {
	ctx    context.Context
	cancel context.CancelFunc
	errs   chan error
}

func (w *Watch) run() {
	select {
	case <-w.errs:
	case <-w.ctx.Done():
	}
}

func New(ctx context.Context) *Watch {
	w := &Watch{errs: make(chan error, 1)}
	w.ctx, w.cancel = context.WithCancel(ctx)
	go w.run()
	return w
}

func (w *Watch) Stop() {
	w.errs <- context.Canceled
	w.cancel()
}
