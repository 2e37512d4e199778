// Package wait_buffer_each: goroutines report under the lock that their
// receiver needs between two reports. The buffer has a place for each.
package wait_buffer_each

import "sync"

// want nothing

type Board struct {
	mu    sync.Mutex
	total int
}

func (b *Board) Run() {
	const workers = 4
	done := make(chan int, workers)
	for i := 0; i < workers; i++ {
		go func() {
			b.mu.Lock()
			defer b.mu.Unlock()
			done <- i
		}()
	}
	for range workers {
		n := <-done
		b.mu.Lock()
		b.total += n
		b.mu.Unlock()
	}
}

// RunPairs hands the channel on as an argument, and counts otherwise.
func (b *Board) RunPairs() {
	done := make(chan int, 2)
	for i := range 2 {
		go b.report(done, i)
	}
	for i := 0; i < 2; i++ {
		n := <-done
		b.mu.Lock()
		b.total += n
		b.mu.Unlock()
	}
}

func (b *Board) report(done chan<- int, n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n > 0 {
		done <- n
		return
	}
	done <- 0
}
