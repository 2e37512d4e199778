// Package local_mutex_one_order: two local mutexes captured by goroutines that
// take them in one order.
package local_mutex_one_order

import "sync"

// want nothing

// Sum adds up in two goroutines.
func Sum(xs []int) (odd, even int) {

	var oddMu, evenMu sync.Mutex
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		for _, x := range xs {
			oddMu.Lock()
			evenMu.Lock()
			odd += x & 1
			evenMu.Unlock()
			oddMu.Unlock()
		}
	}()
	go func() {
		defer wg.Done()
		for _, x := range xs {
			oddMu.Lock()
			evenMu.Lock()
			even += 1 - x&1
			evenMu.Unlock()
			oddMu.Unlock()
		}
	}()
	wg.Wait()
	return odd, even
}

// want edge: Sum.oddMu -> Sum.evenMu
