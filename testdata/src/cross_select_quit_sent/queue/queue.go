// Package queue has what is put into it handed to a function, by a goroutine.
package queue

// A Queue ends when it is closed.
type Queue struct {
	ch   chan int
	quit chan struct{}
	f    func(int)
}

// New starts one.
func New(f func(int)) *Queue {
	q := &Queue{ch: make(chan int), quit: make(chan struct{}), f: f}
	go q.run()
	return q
}

func (q *Queue) run() {
	for {
		select {
		case v := <-q.ch:
			q.f(v)
		case <-q.quit:
			return
		}
	}
}

// Put waits until the value is taken, or the queue ends.
func (q *Queue) Put(v int) {
	select {
	case q.ch <- v:
	case <-q.quit:
	}
}

// Skip has one who waits go on.
func (q *Queue) Skip() {
	select {
	case q.quit <- struct{}{}:
	default:
	}
}

// Close ends it.
func (q *Queue) Close() { close(q.quit) }
