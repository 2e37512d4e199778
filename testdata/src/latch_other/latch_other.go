// Package latch_other waits for an event that is fired without the lock: those
// who need the lock fire another of the type.
package latch_other

import "sync"

// want nothing

// An Event happens once.
type Event struct {
	c    chan struct{}
	once sync.Once
}

func NewEvent() *Event { return &Event{c: make(chan struct{})} }

func (e *Event) Fire() { e.once.Do(func() { close(e.c) }) }

func (e *Event) Done() <-chan struct{} { return e.c }

type Worker struct {
	owner   *Owner
	started *Event
	done    *Event
}

type Owner struct {
	mu     sync.Mutex
	worker *Worker
	n      int
}

func NewOwner() *Owner {
	o := &Owner{}
	o.worker = &Worker{owner: o, started: NewEvent(), done: NewEvent()}
	go o.worker.run()
	return o
}

func (w *Worker) run() {
	w.started.Fire()
	w.owner.mu.Lock()
	w.owner.n++
	w.owner.mu.Unlock()
	w.done.Fire()
}

func (o *Owner) Start() {
	o.mu.Lock()
	defer o.mu.Unlock()
	<-o.worker.started.Done()
	o.n++
}
