// Package wait_buffer_last: the last word to a subscriber has its place in the
// buffer. He listens in a loop, which that word ends, and needs the lock before
// he listens.
package wait_buffer_last

import "sync"

// want nothing

type Event struct {
	News chan string
	Done chan struct{}
}

type Notifier struct {
	mu     sync.Mutex
	events map[string]*Event

	watched int
}

func (n *Notifier) Register(name string) *Event {
	e := &Event{News: make(chan string, 8), Done: make(chan struct{}, 1)}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.events[name] = e
	return e
}

func (n *Notifier) Finish() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for name, e := range n.events {
		e.Done <- struct{}{}
		delete(n.events, name)
	}
}

func (n *Notifier) Watch(name string) {
	e := n.Register(name)
	n.mu.Lock()
	n.watched++
	n.mu.Unlock()
	for {
		select {
		case s := <-e.News:
			println(s)
		case <-e.Done:
			return
		}
	}
}

func (n *Notifier) TearDown() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for name, e := range n.events {
		close(e.News)
		close(e.Done)
		delete(n.events, name)
	}
}
