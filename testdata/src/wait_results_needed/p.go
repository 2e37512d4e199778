// Package wait_results_needed: a function returns two channels. Who sends on the
// other needs the lock under which it is waited for.
package wait_results_needed

import "sync"

type Store struct {
	mu  sync.Mutex
	sum int
	in  []int
}

func (s *Store) adder() (chan<- int, <-chan int) {
	nums, sum := make(chan int), make(chan int, 1)
	go func() {
		n := 0
		for i := range nums {
			n += i
		}
		s.mu.Lock()
		n += s.sum
		s.mu.Unlock()
		sum <- n
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
	nums, sum := s.adder()
	fill(nums, in)
	close(nums)
	s.mu.Lock()
	s.sum = <-sum // want wait: Store.mu (*Store).Restore.adder2
	s.mu.Unlock()
}
