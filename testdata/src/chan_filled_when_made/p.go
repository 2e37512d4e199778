// Package chan_filled_when_made: who makes a channel puts a token in it, for which it has
// room.
package chan_filled_when_made

import "sync"

// want nothing

// A loop runs while there is something to do. Its token says that it has stopped.
type loop struct {
	once    sync.Once
	stopped chan bool
	work    chan int
	sum     int
}

func (l *loop) init() {
	l.once.Do(func() {
		l.work = make(chan int)
		l.stopped = make(chan bool, 1)
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
