// Package self_assigned: a captured variable is assigned to itself, which has
// no end if one looks for where its value comes from.
package self_assigned

import (
	"sync"
	"sync/atomic"
)

// want nothing

type Gauge struct {
	mu    sync.Mutex
	level atomic.Int32
}

func (g *Gauge) Watch(n int32) {
	for {
		var limit int32
		limit = limit
		go func() {
			g.mu.Lock()
			defer g.mu.Unlock()
			g.level.Store(limit)
		}()
		if g.level.CompareAndSwap(limit, n) {
			return
		}
	}
}
