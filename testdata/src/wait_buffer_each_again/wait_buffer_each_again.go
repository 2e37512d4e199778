// Package wait_buffer_each_again: as many goroutines as the buffer has places,
// but each of them reports more than once.
package wait_buffer_each_again

import "sync"

// want wait: Board.mu (*Board).Run.done

type Board struct {
	mu    sync.Mutex
	total int
}

func (b *Board) Run(steps int) {
	const workers = 4
	done := make(chan int, workers)
	for i := 0; i < workers; i++ {
		go func() {
			b.mu.Lock()
			defer b.mu.Unlock()
			for range steps {
				done <- i
			}
		}()
	}
	for range workers * steps {
		n := <-done
		b.mu.Lock()
		b.total += n
		b.mu.Unlock()
	}
}

// want wait: Hall.mu (*Hall).Run.chan1

// Hall is told the beginning and the end.
type Hall struct {
	mu    sync.Mutex
	total int
}

func (h *Hall) Run() {
	done := make(chan int, 2)
	for i := range 2 {
		go h.report(done, i)
	}
	for i := 0; i < 4; i++ {
		n := <-done
		h.mu.Lock()
		h.total += n
		h.mu.Unlock()
	}
}

func (h *Hall) report(done chan<- int, n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	done <- n
	done <- -n
}
