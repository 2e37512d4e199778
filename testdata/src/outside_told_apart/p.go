// Package outside_told_apart: the channels of two kinds of subscriptions are
// kept in one type. Who leaves the one looks for his channel under the lock; who
// leaves the other has somebody receive meanwhile.
package outside_told_apart

import "sync"

type sink struct{ ch chan int }

type Some interface {
	Out() <-chan int
	Close()
}

type all struct {
	ch  chan int
	hub *Hub
}

type few struct {
	ch  chan int
	hub *Hub
}

type Hub struct {
	allMu sync.RWMutex
	alls  []*sink

	fewMu sync.Mutex
	fews  []*sink
}

func (h *Hub) All(n int) Some {
	a := &all{ch: make(chan int, n), hub: h}
	h.allMu.Lock()
	defer h.allMu.Unlock()
	h.alls = append(h.alls, &sink{a.ch})
	return a
}

func (h *Hub) Few(n int) Some {
	f := &few{ch: make(chan int, n), hub: h}
	h.fewMu.Lock()
	defer h.fewMu.Unlock()
	h.fews = append(h.fews, &sink{f.ch})
	return f
}

func (a *all) Out() <-chan int { return a.ch }
func (f *few) Out() <-chan int { return f.ch }

func (a *all) Close() { a.hub.remove(a.ch) }

func (h *Hub) remove(ch chan int) {
	h.allMu.Lock()
	defer h.allMu.Unlock()
	for i, s := range h.alls {
		if s.ch == ch {
			h.alls = append(h.alls[:i], h.alls[i+1:]...)
			return
		}
	}
}

func (f *few) Close() {
	go func() {
		for range f.ch {
		}
	}()
	f.hub.fewMu.Lock()
	defer f.hub.fewMu.Unlock()
	for i, s := range f.hub.fews {
		if s.ch == f.ch {
			f.hub.fews = append(f.hub.fews[:i], f.hub.fews[i+1:]...)
			break
		}
	}
	close(f.ch)
}

func (h *Hub) Emit(n int) {
	h.allMu.RLock()
	for _, s := range h.alls {
		s.ch <- n // want wait: Hub.allMu sink.ch
	}
	h.allMu.RUnlock()

	h.fewMu.Lock()
	for _, s := range h.fews {
		s.ch <- n
	}
	h.fewMu.Unlock()
}
