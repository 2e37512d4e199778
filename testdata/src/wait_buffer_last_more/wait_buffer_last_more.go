// Package wait_buffer_last_more: news, too, have one place in the buffer, but
// the subscriber listens for more, and asks under the lock between two of them.
package wait_buffer_last_more

import "sync"

// want wait: Notifier.mu Event.News

type Event struct {
	News chan string
	Done chan struct{}
}

type Notifier struct {
	mu     sync.Mutex
	events map[string]*Event
	count  int
}

func (n *Notifier) Register(name string) *Event {
	e := &Event{News: make(chan string, 1), Done: make(chan struct{}, 1)}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.events[name] = e
	return e
}

func (n *Notifier) Tell(s string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, e := range n.events {
		e.News <- s
	}
}

func (n *Notifier) Watch(name string) {
	e := n.Register(name)
	for {
		select {
		case s := <-e.News:
			n.mu.Lock()
			n.count += len(s)
			n.mu.Unlock()
		case <-e.Done:
			return
		}
	}
}
