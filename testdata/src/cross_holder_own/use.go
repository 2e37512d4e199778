// Package cross_holder_own: as cross_holder_set, but the other package cannot
// set the field.
package cross_holder_own

import "example.com/testdata/cross_holder_own/store"

// want nothing

func Start() {
	t := store.NewTable()
	n := store.NewNode(t)
	go n.Compact()
	t.Insert()
}
