// Package cycle_places_apart: three functions hold the lock of the notes while they
// take another. Each is a defect of its own: to mend one leaves the others.
package cycle_places_apart

import "sync"

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

func (r *Recorder) Opened() (names []string, calls int) {
	r.notesMu.RLock()
	defer r.notesMu.RUnlock()
	r.openMu.RLock() // want cycle: Recorder.openMu Recorder.notesMu
	defer r.openMu.RUnlock()
	return r.opened, r.notes["opened"]
}

func (r *Recorder) Closed() (names []string, calls int) {
	r.notesMu.RLock()
	defer r.notesMu.RUnlock()
	r.closeMu.RLock() // want cycle: Recorder.closeMu Recorder.notesMu
	defer r.closeMu.RUnlock()
	return r.closed, r.notes["closed"]
}

func (r *Recorder) Flushed() int {
	r.notesMu.RLock()
	defer r.notesMu.RUnlock()
	r.flushMu.RLock() // want cycle: Recorder.flushMu Recorder.notesMu
	defer r.flushMu.RUnlock()
	return r.flushed - r.notes["flush"]
}
