// Package both_in_one_shared: as both_in_one, but a store that has one database
// only copies it into itself.
package both_in_one_shared

import "sync"

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

type Store struct{ db, backup *DB }

func New() *Store { return &Store{db: Open(), backup: Open()} }

// Single makes a store with one database.
func Single() *Store {
	d := Open()
	return &Store{db: d, backup: d}
}

func (s *Store) Stop() { s.db.Close() }

// Save copies what is there.
func (s *Store) Save() { transfer(s.db, s.backup) }

func transfer(from, to *DB) {
	from.mapped.Lock()
	defer from.mapped.Unlock()
	for _, r := range from.rows {
		to.add(r) // want cycle: DB.mapped DB.write
	}
}

func (d *DB) add(r int) {
	d.write.Lock()
	defer d.write.Unlock()
	d.rows = append(d.rows, r)
}
