// Package goker_cockroach_10790_like: the answers are taken under the lock
// that each command takes first.
package goker_cockroach_10790_like

import "sync"

type Replica struct {
	mu      sync.Mutex
	applied int
	answers chan int
}

func (r *Replica) do(c int) {
	r.mu.Lock()
	r.applied++
	r.mu.Unlock()
	r.answers <- c * c
}

func (r *Replica) Begin(cmds []int) (sum int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range cmds {
		go r.do(c)
		sum += <-r.answers // want wait: Replica.mu Replica.answers
	}
	return sum
}
