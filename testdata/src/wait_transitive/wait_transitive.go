// Package wait_transitive: who closes the channel first waits for a goroutine that
// needs the lock of the one who waits.
package wait_transitive

import "sync"

type Listener struct {
	mu      sync.Mutex
	pending int
}

func (l *Listener) pop(stop <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending--
	select {
	case <-stop: // want wait: Listener.mu Run.chan1
	}
}

func Run(l *Listener) {
	stop := make(chan struct{})
	defer close(stop)
	go l.pop(stop)
	added := make(chan struct{})
	go func() {
		l.mu.Lock()
		l.pending++
		l.mu.Unlock()
		close(added)
	}()
	<-added
}
