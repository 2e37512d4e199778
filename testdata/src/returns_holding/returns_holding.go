// Package returns_holding: Begin returns with the lock held and Commit
// releases it; what the caller does between is under the lock.
package returns_holding

import "sync"

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
	l.mu.Lock() // want cycle: DB.mu Log.mu
	l.n++
	l.mu.Unlock()
	d.Commit()
}

func (l *Log) Rotate() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.db.Begin()
	l.n = 0
	l.db.Commit()
}
