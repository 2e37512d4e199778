// Package wait_closed_unbuffered: as wait_buffer_closed, without the room: nobody is
// there to take the value, and who would close the channel needs the lock.
package wait_closed_unbuffered

import "sync"

type event struct {
	done chan struct{}
}

type notifier struct {
	mu     sync.Mutex
	events map[int]*event
	height int
}

func Serve(ids chan int) {
	n := &notifier{events: make(map[int]*event)}
	go n.follow()
	for id := range ids {
		n.register(id)
	}
	n.tearDown()
}

func (n *notifier) follow() {
	for {
		n.connect()
	}
}

func (n *notifier) register(id int) *event {
	n.mu.Lock()
	defer n.mu.Unlock()
	e := &event{done: make(chan struct{})}
	n.events[id] = e
	return e
}

// connect tells the end of what is old.
func (n *notifier) connect() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.height++
	for id, e := range n.events {
		if id+100 < n.height {
			e.done <- struct{}{} // want wait: notifier.mu event.done
			delete(n.events, id)
		}
	}
}

func (n *notifier) tearDown() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, e := range n.events {
		close(e.done)
	}
}
