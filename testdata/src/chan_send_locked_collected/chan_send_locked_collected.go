// Package chan_send_locked_collected: the objects sent have been collected in
// a map, each with its lock held.
package chan_send_locked_collected

import "sync"

// want nothing

type Batch struct {
	mu    sync.Mutex
	items []int
}

type Mill struct {
	batches chan *Batch
}

func (m *Mill) Sort(items []int) {
	byRest := make(map[int]*Batch)
	for _, n := range items {
		b, ok := byRest[n%7]
		if !ok {
			b = new(Batch)
			b.mu.Lock()
			byRest[n%7] = b
		}
		b.items = append(b.items, n)
	}
	for _, b := range byRest {
		m.batches <- b
	}
}

func (m *Mill) Run() {
	for b := range m.batches {
		b.mu.Lock()
		b.items = nil
		b.mu.Unlock()
	}
}
