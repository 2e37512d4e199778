// Package goker_kubernetes_26980_fixed: what is pending is taken out under the
// lock, and handed on without.
package goker_kubernetes_26980_fixed

import "sync"

// want nothing

type Listener struct {
	mu      sync.Mutex
	cond    *sync.Cond
	pending []int
	next    chan int
}

func New() *Listener {
	l := &Listener{next: make(chan int)}
	l.cond = sync.NewCond(&l.mu)
	return l
}

func (l *Listener) Add(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending = append(l.pending, n)
	l.cond.Signal()
}

func (l *Listener) take() (int, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.pending) == 0 {
		return 0, false
	}
	n := l.pending[0]
	l.pending = l.pending[1:]
	return n, true
}

func (l *Listener) Pop() {
	for {
		n, ok := l.take()
		if !ok {
			return
		}
		l.next <- n
	}
}

func (l *Listener) Run() {
	for n := range l.next {
		if n%2 == 1 {
			l.Add(n + 1)
		}
	}
}
