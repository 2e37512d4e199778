// Package goker_kubernetes_26980_like: what is pending is handed on under the
// lock that its receiver takes to add more.
package goker_kubernetes_26980_like

import "sync"

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

func (l *Listener) Pop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.pending) > 0 {
		n := l.pending[0]
		l.pending = l.pending[1:]
		l.next <- n // want wait: Listener.mu Listener.next
	}
}

func (l *Listener) Run() {
	for n := range l.next {
		if n%2 == 1 {
			l.Add(n + 1)
		}
	}
}
