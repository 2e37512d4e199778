// Package wait_need_nearest: the server of a queue comes to the lock by two
// ways, one through whatever handles a value, the other straight.
package wait_need_nearest

import "sync"

type Handler interface{ Handle(n int) }

type Queue struct {
	mu      sync.Mutex
	values  chan int
	handler Handler
	failed  int
}

func New(h Handler) *Queue {
	q := &Queue{values: make(chan int), handler: h}
	go q.serve()
	return q
}

func (q *Queue) serve() {
	for n := range q.values {
		q.handle(n)
		if n < 0 {
			q.fail()
		}
	}
}

func (q *Queue) handle(n int) {
	if n > 0 {
		q.handler.Handle(n)
	}
}

func (q *Queue) fail() {
	q.mu.Lock()
	q.failed++
	q.mu.Unlock()
}

func (q *Queue) Put(n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.values <- n // want wait: Queue.mu Queue.values
}

type (
	a struct{ q *Queue }
	b struct{ q *Queue }
	c struct{ q *Queue }
	d struct{ q *Queue }
	e struct{ q *Queue }
	f struct{ q *Queue }
)

func (x a) Handle(int) { x.q.fail() }
func (x b) Handle(int) { x.q.fail() }
func (x c) Handle(int) { x.q.fail() }
func (x d) Handle(int) { x.q.fail() }
func (x e) Handle(int) { x.q.fail() }
func (x f) Handle(int) { x.q.fail() }

func Start(q *Queue) {
	for _, h := range []Handler{a{q}, b{q}, c{q}, d{q}, e{q}, f{q}} {
		New(h)
	}
}
