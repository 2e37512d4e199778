// Package goker_kubernetes_38669_fixed: who reads knows that there may be
// nothing.
package goker_kubernetes_38669_fixed

// want nothing

type Queue struct{ events chan int }

func New() *Queue { return &Queue{events: make(chan int, 1)} }

func (q *Queue) Put(n int) { q.events <- n }

func (q *Queue) Get() (int, bool) {
	select {
	case n := <-q.events:
		return n, true
	default:
		return 0, false
	}
}
