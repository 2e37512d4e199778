// Package goker_grpc_660_like: a worker sends that it is done under the lock
// that the collector takes for each.
package goker_grpc_660_like

import "sync"

type Bench struct {
	mu   sync.Mutex
	sum  int
	done chan int
}

func (b *Bench) Work(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sum -= n
	b.done <- n // want wait: Bench.mu Bench.done
}

func (b *Bench) Collect() {
	for n := range b.done {
		b.mu.Lock()
		b.sum += n
		b.mu.Unlock()
	}
}
