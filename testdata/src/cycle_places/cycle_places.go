// Package cycle_places: each method of a recorder has a lock of its own, under
// which it notes the call; who lists the calls holds the notes' lock while it
// takes theirs. That is one defect, however many methods there are.
package cycle_places

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

func (r *Recorder) Calls() int {
	r.notesMu.RLock()
	defer r.notesMu.RUnlock()
	r.openMu.RLock()
	defer r.openMu.RUnlock()
	r.closeMu.RLock() // want cycle: Recorder.closeMu Recorder.notesMu
	defer r.closeMu.RUnlock()
	r.flushMu.RLock()
	defer r.flushMu.RUnlock()
	return len(r.opened) + len(r.closed) + r.flushed
}
