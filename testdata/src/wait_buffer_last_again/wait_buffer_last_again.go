// Package wait_buffer_last_again: done ends the inner loop, but not the outer
// one, which comes back to it.
package wait_buffer_last_again

import "sync"

// want wait: Notifier.mu Notifier.done

type Notifier struct {
	mu    sync.Mutex
	news  chan string
	done  chan struct{}
	count int
}

func New() *Notifier {
	n := &Notifier{news: make(chan string, 8), done: make(chan struct{}, 1)}
	go n.watch()
	return n
}

func (n *Notifier) Finish() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.done <- struct{}{}
}

func (n *Notifier) watch() {
	for {
		n.until()
		n.mu.Lock()
		n.count++
		n.mu.Unlock()
	}
}

func (n *Notifier) until() {
	for {
		select {
		case s := <-n.news:
			println(s)
		case <-n.done:
			return
		}
	}
}
