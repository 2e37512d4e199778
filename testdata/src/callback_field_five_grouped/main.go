// Package callback_field_five_grouped runs timers whose functions are kept in a field: five of
// them, each for a purpose of its own. Three of them take locks under
// which timers are added: one cause, told with each of the locks.
//
// want cycle: conn.mu all.mu
// want cycle: scavenger.mu all.mu
// want cycle: queue.mu all.mu
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

type scavenger struct {
	mu    sync.Mutex
	awake bool
}

func (s *scavenger) sleep(when int64) {
	s.mu.Lock()
	s.awake = false
	all.add(&timer{when: when, f: wake, arg: s})
	s.mu.Unlock()
}

func wake(arg any) {
	s := arg.(*scavenger)
	s.mu.Lock()
	s.awake = true
	s.mu.Unlock()
}

type queue struct {
	mu sync.Mutex
	n  int
}

func (q *queue) idle(when int64) {
	q.mu.Lock()
	all.add(&timer{when: when, f: ready, arg: q})
	q.mu.Unlock()
}

func ready(arg any) {
	q := arg.(*queue)
	q.mu.Lock()
	q.n++
	q.mu.Unlock()
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
	c := new(conn)
	go c.setDeadline(5)
	go new(scavenger).sleep(6)
	go new(queue).idle(7)
	all.run(10)
}
