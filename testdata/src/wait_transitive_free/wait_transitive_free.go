// Package wait_transitive_free: who closes the channel first waits for a goroutine
// that needs no lock.
package wait_transitive_free

import "sync"

// want nothing

type Listener struct {
	mu      sync.Mutex
	pending int
}

func (l *Listener) pop(stop <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending--
	<-stop
}

func Run(l *Listener, f func()) {
	stop := make(chan struct{})
	defer close(stop)
	go l.pop(stop)
	added := make(chan struct{})
	go func() {
		close(added)
		l.mu.Lock()
		l.pending++
		l.mu.Unlock()
	}()
	<-added
}
