// Package worker calls a function until it is stopped.
package worker

import (
	"sync"
	"time"
)

// A Worker is one goroutine.
type Worker struct {
	wg   sync.WaitGroup
	quit chan struct{}
	f    func()
}

// New makes one that calls f.
func New(f func()) *Worker { return &Worker{quit: make(chan struct{}), f: f} }

// Start starts it.
func (w *Worker) Start() {
	w.wg.Add(1)
	go w.run()
}

func (w *Worker) run() {
	defer w.wg.Done()
	t := time.NewTicker(time.Second)
	for {
		select {
		case <-w.quit:
			return
		case <-t.C:
			w.f()
		}
	}
}

// Stop waits for its end.
func (w *Worker) Stop() {
	close(w.quit)
	w.wg.Wait()
}
