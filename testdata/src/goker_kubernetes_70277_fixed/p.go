// Package goker_kubernetes_70277_fixed: who stops waiting closes the channel
// that the poller looks at.
package goker_kubernetes_70277_fixed

import "time"

// want nothing

func poller(tick <-chan time.Time, done <-chan struct{}) <-chan struct{} {
	ch := make(chan struct{})
	go func() {
		defer close(ch)
		for {
			select {
			case <-tick:
				select {
				case ch <- struct{}{}:
				default:
				}
			case <-done:
				return
			}
		}
	}()
	return ch
}

func Wait(ok func() bool) {
	done := make(chan struct{})
	defer close(done)
	for range poller(time.Tick(time.Second), done) {
		if ok() {
			return
		}
	}
}
