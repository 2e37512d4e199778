// Package wait_assigned_channel: the channel waited for is assigned to a variable of
// its own before; who closes it takes the lock.
package wait_assigned_channel

import "sync"

type turn struct {
	prepare, end func()
}

func turns(n int) []turn {
	all := make([]turn, n)
	next := make(chan bool)
	for i := range all {
		var mine chan bool
		take := func() { mine = next }
		all[i].prepare = func() { take() }
		all[i].end = func() {
			if i == 0 {
				close(next)
				next = make(chan bool)
			}
			<-mine // want wait: Play.mu turns.mine
		}
	}
	return all
}

func Play(n int) {
	var mu sync.Mutex
	for _, t := range turns(n) {
		go func() {
			for range 100 {
				mu.Lock()
				t.prepare()
				mu.Unlock()
				mu.Lock()
				t.end()
				mu.Unlock()
			}
		}()
	}
}
