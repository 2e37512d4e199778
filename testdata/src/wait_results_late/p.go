// Package wait_results_late: who reads the one channel to its end before sending
// on the other is waited for, under the lock, before that end can come.
package wait_results_late

import "sync"

type Store struct {
	mu  sync.Mutex
	sum int
	in  []int
}

func adder() (chan<- int, <-chan int) {
	nums, sum := make(chan int), make(chan int, 1)
	go func() {
		n := 0
		defer func() { sum <- n }()
		for i := range nums {
			n += i
		}
	}()
	return nums, sum
}

func fill(nums chan<- int, in []int) {
	for _, i := range in {
		nums <- i
	}
}

func (s *Store) Restore() {
	s.mu.Lock()
	in := s.in
	s.mu.Unlock()
	nums, sum := adder()
	fill(nums, in)
	s.mu.Lock()
	s.sum = <-sum // want wait: Store.mu (*Store).Restore.adder2
	s.mu.Unlock()
	close(nums)
}
