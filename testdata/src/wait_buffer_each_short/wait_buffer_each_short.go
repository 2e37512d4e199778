// Package wait_buffer_each_short: more goroutines than the buffer has places
// report under the lock that their receiver needs between two reports.
package wait_buffer_each_short

import "sync"

// want wait: Board.mu (*Board).Run.done

type Board struct {
	mu    sync.Mutex
	total int
}

func (b *Board) Run() {
	const workers = 4
	done := make(chan int, workers-1)
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
