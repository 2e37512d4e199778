// Package chan_filled_later: who makes a channel starts a loop that puts its token
// in before he does.
package chan_filled_later

import "sync"

// A loop runs while there is something to do. Its token says that it has stopped.
type loop struct {
	once    sync.Once
	stopped chan bool
	work    chan int
	sum     int
}

func (l *loop) init() {
	l.once.Do(func() { // want wait: loop.once loop.stopped
		l.work = make(chan int)
		l.stopped = make(chan bool, 1)
		go l.run()
		l.stopped <- true
	})
}

// Add gives the loop something to do, and starts it if it has stopped.
func (l *loop) Add(n int) {
	for {
		l.init()
		select {
		case l.work <- n:
			return
		case <-l.stopped:
			go l.run()
		}
	}
}

func (l *loop) run() {
	for range 10 {
		l.sum += <-l.work
	}
	l.init()
	l.stopped <- true
}
