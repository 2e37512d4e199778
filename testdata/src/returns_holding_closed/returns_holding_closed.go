// Package returns_holding_closed: the same pair of functions, but the other
// lock is taken after Commit.
package returns_holding_closed

import "sync"

// want nothing

type DB struct {
	mu    sync.Mutex
	dirty bool
}

type Log struct {
	mu sync.Mutex
	db *DB
	n  int
}

func (d *DB) Begin() { d.mu.Lock(); d.dirty = true }

func (d *DB) Commit() { d.dirty = false; d.mu.Unlock() }

func Update(d *DB, l *Log) {
	d.Begin()
	d.Commit()
	l.mu.Lock()
	l.n++
	l.mu.Unlock()
}

func (l *Log) Rotate() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.db.Begin()
	defer l.db.Commit()
	l.n = 0
}

// want edge: Log.mu -> DB.mu
// want no edge: DB.mu -> Log.mu
