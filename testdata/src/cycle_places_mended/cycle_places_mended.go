// Package cycle_places_mended: who lists the calls takes the locks one after the
// other.
package cycle_places_mended

import "sync"

// want nothing

type Recorder struct {
	notesMu sync.RWMutex
	notes   map[string]int

	openMu  sync.RWMutex
	opened  []string
	closeMu sync.RWMutex
	closed  []string
	flushMu sync.RWMutex
	flushed int
}

func (r *Recorder) Open(name string) {
	r.openMu.Lock()
	defer r.openMu.Unlock()
	r.opened = append(r.opened, name)
	r.note("open")
}

func (r *Recorder) Close(name string) {
	r.closeMu.Lock()
	defer r.closeMu.Unlock()
	r.closed = append(r.closed, name)
	r.note("close")
}

func (r *Recorder) Flush() {
	r.flushMu.Lock()
	defer r.flushMu.Unlock()
	r.flushed++
	r.note("flush")
}

func (r *Recorder) note(what string) {
	r.notesMu.Lock()
	defer r.notesMu.Unlock()
	r.notes[what]++
}

func (r *Recorder) Calls() int {
	r.openMu.RLock()
	n := len(r.opened)
	r.openMu.RUnlock()
	r.closeMu.RLock()
	n += len(r.closed)
	r.closeMu.RUnlock()
	r.flushMu.RLock()
	defer r.flushMu.RUnlock()
	return n + r.flushed
}
