// Package chan_subscribed_interface_set: the object is new, but what it is given
// by the function that sets it up is a channel of others.
package chan_subscribed_interface_set

import "sync"

type Event struct {
	done chan int
}

func (e *Event) set(ch chan int) { e.done = ch }

type Notifier interface {
	Register() *Event
}

type table struct {
	mu     sync.Mutex
	shared chan int
}

func (t *table) Tell(v int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.shared <- v // want wait: table.mu table.shared
}

func (t *table) Register() *Event {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := &Event{}
	e.set(t.shared)
	return e
}

func Follow(n Notifier, f func(int)) {
	e := n.Register()
	for v := range e.done {
		f(v)
	}
}

func Run() {
	t := &table{shared: make(chan int)}
	go Follow(t, func(int) {})
	t.Tell(1)
}
