// Package wait_results: a function returns two channels. Who fills the one has
// taken the lock before; under the lock it waits for the other.
package wait_results

import "sync"

// want nothing

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
	close(nums)
	s.mu.Lock()
	s.sum = <-sum
	s.mu.Unlock()
}
