// Package afterfunc_under_lock: time.AfterFunc and context.AfterFunc are
// given, with a lock held, functions that take it.
package afterfunc_under_lock

import (
	"context"
	"sync"
	"time"
)

// want nothing

type Lease struct {
	mu    sync.Mutex
	timer *time.Timer
	live  bool
}

func (l *Lease) Renew(ctx context.Context, d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.live = true
	l.timer = time.AfterFunc(d, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.live = false
	})
	context.AfterFunc(ctx, l.Expire)
}

func (l *Lease) Expire() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.timer.Stop()
	l.live = false
}

// want no edge: Lease.mu -> Lease.mu
