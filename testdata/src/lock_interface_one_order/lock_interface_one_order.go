// Package lock_interface_one_order: two locks behind one interface are two
// locks, though a twin of the mutex could be either: taken in one order, they
// are no relock.
package lock_interface_one_order

// want nothing

import (
	"sync"
	"time"
)

type Mutex interface {
	Lock()
	Unlock()
}

var debug bool

func NewMutex() Mutex {
	if debug {
		return new(timed)
	}
	return new(sync.Mutex)
}

// timed is a mutex that knows how long it was held.
type timed struct {
	sync.Mutex
	since time.Time

	statMu sync.Mutex
	worst  time.Duration
}

func (t *timed) Lock() {
	t.Mutex.Lock()
	t.since = time.Now()
}

func (t *timed) Unlock() {
	t.statMu.Lock()
	t.worst = max(t.worst, time.Since(t.since))
	t.statMu.Unlock()
	t.Mutex.Unlock()
}

type Model struct {
	mut   Mutex
	conns []*Conn
}

type Conn struct {
	mut   Mutex
	model *Model
}

func NewModel() *Model { return &Model{mut: NewMutex()} }

func (m *Model) Connect() *Conn {
	c := &Conn{mut: NewMutex(), model: m}
	m.mut.Lock()
	m.conns = append(m.conns, c)
	m.mut.Unlock()
	return c
}

func (m *Model) Promote() {
	m.mut.Lock()
	defer m.mut.Unlock()
	for _, c := range m.conns {
		c.mut.Lock()
		c.mut.Unlock()
	}
}

func (c *Conn) Close() {
	c.mut.Lock()
	defer c.mut.Unlock()
}
