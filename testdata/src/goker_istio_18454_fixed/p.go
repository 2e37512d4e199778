// Package goker_istio_18454_fixed: one goroutine alone has the timer.
package goker_istio_18454_fixed

import (
	"context"
	"time"
)

// want nothing

func work(ctx context.Context, jobs <-chan int) {
	t := time.NewTimer(time.Second)
	defer t.Stop()
	for {
		select {
		case <-jobs:
			t.Reset(time.Second)
		case <-t.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

func Start(ctx context.Context, jobs <-chan int) { go work(ctx, jobs) }
