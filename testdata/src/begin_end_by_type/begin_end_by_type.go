// Package begin_end_by_type: two types begin and end a batch under their own
// locks. What began on the one ends on the same; neither is held after.
package begin_end_by_type

import "sync"

// want nothing

type Store interface {
	Begin()
	End()
}

type Disk struct{ mu sync.Mutex }

func (d *Disk) Begin() { d.mu.Lock() }
func (d *Disk) End()   { d.mu.Unlock() }

type Memory struct{ mu sync.Mutex }

func (m *Memory) Begin() { m.mu.Lock() }
func (m *Memory) End()   { m.mu.Unlock() }

type Log struct {
	mu    sync.Mutex
	disk  *Disk
	lines int
}

func Write(s Store, l *Log) {
	s.Begin()
	s.End()
	l.mu.Lock()
	l.lines++
	l.mu.Unlock()
}

func WriteAll(d *Disk, m *Memory, l *Log) {
	Write(d, l)
	Write(m, l)
}

func (l *Log) Flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.disk.Begin()
	defer l.disk.End()
	l.lines = 0
}
