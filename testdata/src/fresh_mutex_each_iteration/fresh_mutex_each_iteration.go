// Package fresh_mutex_each_iteration: every iteration locks a mutex of its own
// and leaves it locked to a goroutine.
package fresh_mutex_each_iteration

import "sync"

// want nothing

type Request struct {
	lock     *sync.Mutex
	accepted chan bool
}

func Send(n int) []Request {

	var rs []Request
	for range n {
		r := Request{lock: new(sync.Mutex), accepted: make(chan bool, 1)}
		r.lock.Lock()
		go func() {
			r.lock.Lock()
			r.accepted <- true
			r.lock.Unlock()
		}()
		rs = append(rs, r)
	}
	return rs
}

func Release(rs []Request) {
	for _, r := range rs {
		r.lock.Unlock()
		<-r.accepted
	}
}
