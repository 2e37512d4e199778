// Package derived_type_one_order: a type declared from another's struct shares
// its fields, and all take its lock in one order.
package derived_type_one_order

import "sync"

// want nothing

type wire struct {
	mu  sync.Mutex
	buf []byte
}

type Reader wire

type Writer wire

type Meter struct {
	mu    sync.Mutex
	bytes int
}

func (r *Reader) Read(m *Meter) {
	r.mu.Lock()
	defer r.mu.Unlock()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.bytes += len(r.buf)
}

func (w *Writer) Limit(m *Meter) {
	w.mu.Lock()
	defer w.mu.Unlock()
	m.mu.Lock()
	defer m.mu.Unlock()
	w.buf = w.buf[:m.bytes]
}

// want edge: wire.mu -> Meter.mu
