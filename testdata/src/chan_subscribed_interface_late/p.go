// Package chan_subscribed_interface_late: one of the implementations gives a
// channel that it has had before, to which others may send already.
package chan_subscribed_interface_late

import "sync"

type Event struct {
	Done chan int
}

type Notifier interface {
	Register(id int) *Event
}

type table struct {
	mu     sync.Mutex
	shared *Event
	events []*Event
}

func newTable() *table {
	e := &Event{Done: make(chan int)}
	return &table{shared: e, events: []*Event{e}}
}

func (t *table) Tell(v int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, e := range t.events {
		e.Done <- v // want wait: table.mu Event.Done
	}
}

type each struct{ t *table }

func (d *each) Register(id int) *Event {
	d.t.mu.Lock()
	defer d.t.mu.Unlock()
	e := &Event{Done: make(chan int)}
	d.t.events = append(d.t.events, e)
	return e
}

type all struct{ t *table }

func (d *all) Register(id int) *Event {
	d.t.mu.Lock()
	defer d.t.mu.Unlock()
	return d.t.shared
}

func Follow(n Notifier, f func(int)) {
	e := n.Register(1)
	for v := range e.Done {
		f(v)
	}
}

func Run() {
	t := newTable()
	go Follow(&each{t}, func(int) {})
	go Follow(&all{t}, func(int) {})
	t.Tell(1)
}
