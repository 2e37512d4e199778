// Package wait_buffer_own_kept: as wait_buffer_own, but others have the channel
// and may have filled it when the first value is sent; or the constructor has.
package wait_buffer_own_kept

import "sync"

type Hub struct {
	mu    sync.Mutex
	subs  []chan int
	feeds map[*Feed]bool
	last  int
}

type Feed struct {
	hub    *Hub
	values chan int
}

func newFeed(h *Hub) *Feed {
	f := &Feed{hub: h, values: make(chan int, 1)}
	f.values <- 0
	return f
}

func (h *Hub) Watch() <-chan int {
	ch := make(chan int, 1)
	h.mu.Lock()
	h.subs = append(h.subs, ch)
	h.mu.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.last > 0 {
		ch <- h.last // want wait: Hub.mu (*Hub).Watch.chan1
	}
	return ch
}

func (h *Hub) Feed() *Feed {
	f := newFeed(h)
	h.mu.Lock()
	defer h.mu.Unlock()
	f.values <- h.last // want wait: Hub.mu Feed.values
	h.feeds[f] = true
	return f
}

func (h *Hub) Set(n int) {
	h.mu.Lock()
	subs := h.subs
	h.last = n
	h.mu.Unlock()
	for _, c := range subs {
		c <- n
	}
}

func (h *Hub) Follow() {
	ch := h.Watch()
	for {
		n := <-ch
		h.mu.Lock()
		h.last = n
		h.mu.Unlock()
	}
}

func (f *Feed) Follow() {
	for n := range f.values {
		f.hub.mu.Lock()
		f.hub.last = n
		f.hub.mu.Unlock()
	}
}
