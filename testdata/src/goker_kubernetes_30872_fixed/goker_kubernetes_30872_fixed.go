// Package goker_kubernetes_30872_fixed: the informer asks its queue after it
// has released its own lock.
package goker_kubernetes_30872_fixed

import "sync"

// want nothing

type Queue interface {
	Synced() bool
	Pop(f func())
}

type FIFO struct {
	lock sync.RWMutex
	n    int
}

func (f *FIFO) Synced() bool {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.n == 0
}

func (f *FIFO) Pop(process func()) {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.n--
	process()
}

type Informer struct {
	mu       sync.Mutex
	queue    Queue
	clusters int
}

func New() *Informer { return &Informer{queue: &FIFO{}} }

func (i *Informer) add() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.clusters++
}

func (i *Informer) Start() {
	i.mu.Lock()
	defer i.mu.Unlock()
	go i.loop()
}

func (i *Informer) loop() {
	for {
		i.queue.Pop(i.add)
	}
}

func (i *Informer) Synced() bool {
	i.mu.Lock()
	q := i.queue
	i.mu.Unlock()
	return q.Synced()
}

// want edge: FIFO.lock -> Informer.mu
// want no edge: Informer.mu -> FIFO.lock
