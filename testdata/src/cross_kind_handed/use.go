// Package cross_kind_handed: a package makes connections of one kind for its
// list, and another package one of another kind, by a function of the first that
// is kept in a map.

// want cycle: /conn.conn.mu /conn.Server.list
package cross_kind_handed

import "example.com/testdata/cross_kind_handed/conn"

func Start(s *conn.Server) {
	conn.Serve(s)
	conn.Make["listed"](s, conn.Leaf)
}
