// Package callback_field_five runs timers whose functions are kept in a field: five of
// them, each for a purpose of its own. One of them takes a lock under
// which timers are added, and they run under the lock of the timers.
//
// want cycle: conn.mu all.mu
package main

import "sync"

type timer struct {
	when int64
	f    func(any)
	arg  any
}

type timers struct {
	mu   sync.Mutex
	heap []*timer
}

func (ts *timers) add(t *timer) {
	ts.mu.Lock()
	ts.heap = append(ts.heap, t)
	ts.mu.Unlock()
}

func (ts *timers) run(now int64) {
	ts.mu.Lock()
	for len(ts.heap) > 0 && ts.heap[0].when <= now {
		t := ts.heap[0]
		ts.heap = ts.heap[1:]
		t.f(t.arg)
	}
	ts.mu.Unlock()
}

var all timers

type conn struct {
	mu     sync.Mutex
	closed bool
}

// setDeadline arms a timer under the lock that the timer takes.
func (c *conn) setDeadline(when int64) {
	c.mu.Lock()
	all.add(&timer{when: when, f: expire, arg: c})
	c.mu.Unlock()
}

func expire(arg any) {
	c := arg.(*conn)
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
}

func main() {
	woken := make(chan struct{}, 1)
	all.add(&timer{f: func(any) { println("tick") }})
	all.add(&timer{f: func(any) {
		select {
		case woken <- struct{}{}:
		default:
		}
	}})
	all.add(&timer{f: func(arg any) { println(arg.(int)) }, arg: 1})
	all.add(&timer{f: func(any) { println("tock") }})
	c := new(conn)
	go c.setDeadline(5)
	all.run(10)
}
