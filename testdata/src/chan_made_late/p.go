// Package chan_made_late: who receives takes the lock of who sends before it
// makes the channel, and not after.
package chan_made_late

import "sync"

// want nothing

type Log struct {
	mu sync.Mutex
	n  int
}

// A writer counts what is written, and says when it is enough.
type writer struct {
	log    *Log
	left   int
	enough chan int
}

func (w *writer) write(n int) {
	w.log.mu.Lock()
	defer w.log.mu.Unlock()
	w.log.n += n
	if w.left--; w.left == 0 {
		w.enough <- w.log.n
	}
}

func (l *Log) reset() {
	l.mu.Lock()
	l.n = 0
	l.mu.Unlock()
}

// Count waits for ten writes.
func (l *Log) Count() int {
	l.reset()
	enough := make(chan int)
	w := &writer{log: l, left: 10, enough: enough}
	for range 10 {
		go w.write(1)
	}
	return <-enough
}
