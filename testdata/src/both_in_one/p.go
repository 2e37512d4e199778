// Package both_in_one: who closes a database takes both of its locks, and who
// copies one into another a lock of each: of two that are never one.
package both_in_one

import "sync"

// want nothing

type DB struct {
	write  sync.Mutex
	mapped sync.Mutex
	rows   []int
}

var opened []*DB

func Open() *DB {
	d := &DB{}
	opened = append(opened, d)
	return d
}

func (d *DB) Close() {
	d.write.Lock()
	defer d.write.Unlock()
	d.mapped.Lock()
	defer d.mapped.Unlock()
	d.rows = nil
}

type Store struct{ db *DB }

func New() *Store { return &Store{db: Open()} }

func (s *Store) Stop() { s.db.Close() }

// Shrink writes what is there into a new one.
func (s *Store) Shrink() []int {
	to := Open()
	defer to.Close()
	transfer(s.db, to)
	return to.rows
}

func transfer(from, to *DB) {
	from.mapped.Lock()
	defer from.mapped.Unlock()
	for _, r := range from.rows {
		to.add(r)
	}
}

func (d *DB) add(r int) {
	d.write.Lock()
	defer d.write.Unlock()
	d.rows = append(d.rows, r)
}
