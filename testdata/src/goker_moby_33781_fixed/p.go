// Package goker_moby_33781_fixed: the result has room, so that the probe ends
// whether it is read or not.
package goker_moby_33781_fixed

import "time"

// want nothing

func monitor(stop <-chan struct{}, timeout <-chan time.Time) {
	results := make(chan int, 1)
	go func() { results <- 1 }()
	select {
	case <-results:
	case <-timeout:
	case <-stop:
	}
}

func Monitor(stop <-chan struct{}) { monitor(stop, time.After(time.Second)) }
