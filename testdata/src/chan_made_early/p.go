// Package chan_made_early: who receives takes the lock of who sends after it has
// made the channel, which others have then.
package chan_made_early

import "sync"

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
		w.enough <- w.log.n // want wait: Log.mu writer.enough
	}
}

func (l *Log) reset() {
	l.mu.Lock()
	l.n = 0
	l.mu.Unlock()
}

// Count waits for ten writes.
func (l *Log) Count() int {
	enough := make(chan int)
	w := &writer{log: l, left: 10, enough: enough}
	for range 10 {
		go w.write(1)
	}
	l.reset()
	return <-enough
}
