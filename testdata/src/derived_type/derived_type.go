// Package derived_type: a type declared from another's struct shares its
// fields: the lock is one class under both types.
package derived_type

import "sync"

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
	m.mu.Lock() // want cycle: wire.mu Meter.mu
	defer m.mu.Unlock()
	m.bytes += len(r.buf)
}

func (w *Writer) Limit(m *Meter) {
	m.mu.Lock()
	defer m.mu.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.buf = w.buf[:m.bytes]
}
