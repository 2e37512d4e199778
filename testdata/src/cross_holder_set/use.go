// Package cross_holder_set: a package has logs in two fields, each made for it;
// another package sets the one to the log that is in the other.

// want cycle: /store.Table.mu /store.Log.mu
package cross_holder_set

import "example.com/testdata/cross_holder_set/store"

func Start() {
	t := store.NewTable()
	n := store.NewNode(t)
	n.Wal = t.Log()
	go n.Compact()
	t.Insert()
}
