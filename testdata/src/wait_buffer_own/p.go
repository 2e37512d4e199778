// Package wait_buffer_own: under the lock, the first value goes into the buffer
// of a channel that was just made: by the sender itself, or by a constructor.
// Who gets the channel to receive from sends nothing.
package wait_buffer_own

import "sync"

// want nothing

type Hub struct {
	mu      sync.Mutex
	subs    []chan int
	feeds   map[*Feed]bool
	readers []<-chan int
	last    int
}

type Feed struct {
	hub    *Hub
	values chan int
}

func newFeed(h *Hub) *Feed { return &Feed{hub: h, values: make(chan int, 2)} }

func (h *Hub) Watch() <-chan int {
	ch := make(chan int, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.last > 0 {
		h.readers = append(h.readers, ch)
		ch <- h.last
		return ch
	}
	h.subs = append(h.subs, ch)
	return ch
}

func (h *Hub) Feed() *Feed {
	h.mu.Lock()
	defer h.mu.Unlock()
	f := newFeed(h)
	f.values <- h.last
	h.feeds[f] = true
	return f
}

func (h *Hub) Set(n int) {
	h.mu.Lock()
	subs := h.subs
	var feeds []*Feed
	for f := range h.feeds {
		feeds = append(feeds, f)
	}
	h.last = n
	h.mu.Unlock()
	for _, c := range subs {
		c <- n
	}
	for _, f := range feeds {
		f.values <- n
	}
}

// Follow locks the hub for each value.
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
