// Package local_mutex: two local mutexes captured by goroutines that take them
// in opposite orders.
package local_mutex

import "sync"

// Sum adds up in two goroutines.
func Sum(xs []int) (odd, even int) {

	var oddMu, evenMu sync.Mutex
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		for _, x := range xs {
			oddMu.Lock()
			evenMu.Lock() // want cycle: Sum.oddMu Sum.evenMu
			odd += x & 1
			evenMu.Unlock()
			oddMu.Unlock()
		}
	}()
	go func() {
		defer wg.Done()
		for _, x := range xs {
			evenMu.Lock()
			oddMu.Lock()
			even += 1 - x&1
			oddMu.Unlock()
			evenMu.Unlock()
		}
	}()
	wg.Wait()
	return odd, even
}
