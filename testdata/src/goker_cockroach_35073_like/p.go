// Package goker_cockroach_35073_like: rows are pushed under the lock that the
// outbox takes to count them.
package goker_cockroach_35073_like

import "sync"

type Outbox struct {
	mu   sync.Mutex
	n    int
	rows chan int
}

func (o *Outbox) Run() {
	for r := range o.rows {
		o.mu.Lock()
		o.n += r
		o.mu.Unlock()
	}
}

func (o *Outbox) Push(rows []int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.n += len(rows)
	for _, r := range rows {
		o.rows <- r // want wait: Outbox.mu Outbox.rows
	}
}
