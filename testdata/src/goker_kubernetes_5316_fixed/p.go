// Package goker_kubernetes_5316_fixed: the channels have room for the one
// result.
package goker_kubernetes_5316_fixed

import "time"

// want nothing

func finish(timeout <-chan time.Time, fn func() (int, error)) int {
	ok, failed := make(chan int, 1), make(chan error, 1)
	go func() {
		if n, err := fn(); err != nil {
			failed <- err
		} else {
			ok <- n
		}
	}()
	select {
	case n := <-ok:
		return n
	case <-failed:
		return -1
	case <-timeout:
		return 0
	}
}

func Get() int {
	return finish(time.After(time.Second), func() (int, error) { return 1, nil })
}
