// Package spin_wait_load: a loop waits, under a mutex, for a status that only
// somebody who takes the mutex first sets back.
package spin_wait_load

import (
	"runtime"
	"sync"
	"sync/atomic"
)

const (
	idle = iota
	running
)

type Task struct {
	state atomic.Int32
	mu    sync.Mutex
	n     int
}

// Run sets the status by compare-and-swap and takes the mutex in it.
func (t *Task) Run() {
	for !t.state.CompareAndSwap(idle, running) {
		runtime.Gosched()
	}
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
	t.state.Store(idle)
}

// Reset waits for idle with the mutex held.
func (t *Task) Reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.state.Load() != idle { // want cycle|wait: Task.mu Task.state
		runtime.Gosched()
	}
	t.n = 0
}
