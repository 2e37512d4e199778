// Package goker_kubernetes_30872_like: a queue calls its handler, which is
// kept in the queue's configuration, under its lock; the handler's owner asks
// the queue under its own.
package goker_kubernetes_30872_like

import "sync"

type Handler interface{ OnAdd() }

type HandlerFuncs struct{ Add func() }

func (h HandlerFuncs) OnAdd() {
	if h.Add != nil {
		h.Add()
	}
}

type FIFO struct {
	lock    sync.Mutex
	n       int
	handler Handler
}

func (f *FIFO) Pop() {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.n--
	f.handler.OnAdd() // want cycle: FIFO.lock Informer.mu
}

func (f *FIFO) Synced() bool {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.n == 0
}

type Informer struct {
	mu       sync.Mutex
	fifo     *FIFO
	clusters int
}

func New() *Informer {
	i := &Informer{}
	i.fifo = &FIFO{handler: HandlerFuncs{Add: func() { i.add() }}}
	return i
}

func (i *Informer) add() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.clusters++
}

func (i *Informer) Synced() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.fifo.Synced()
}
