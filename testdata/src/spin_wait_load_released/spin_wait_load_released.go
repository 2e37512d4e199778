// Package spin_wait_load_released: a loop waits for a status with nothing
// held.
package spin_wait_load_released

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// want nothing

const (
	idle = iota
	running
)

type Task struct {
	state atomic.Int32
	mu    sync.Mutex
	n     int
}

func (t *Task) Run() {
	for !t.state.CompareAndSwap(idle, running) {
		runtime.Gosched()
	}
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
	t.state.Store(idle)
}

func (t *Task) Reset() {
	for t.state.Load() != idle {
		runtime.Gosched()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n = 0
}
