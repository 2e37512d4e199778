// Package store has logs, of tables and of nodes.
package store

import "sync"

type Log struct {
	mu sync.Mutex
	n  int
}

func newLog() *Log { return &Log{} }

type Table struct {
	mu  sync.Mutex
	log *Log
	n   int
}

func NewTable() *Table { return &Table{log: newLog()} }

func (t *Table) Log() *Log { return t.log }

// Insert holds the table over its log.
func (t *Table) Insert() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.log.mu.Lock()
	t.log.n++
	t.log.mu.Unlock()
}

type Node struct {
	Wal   *Log
	table *Table
}

func NewNode(t *Table) *Node { return &Node{Wal: newLog(), table: t} }

// Compact holds the node's log over the table.
func (n *Node) Compact() {
	n.Wal.mu.Lock()
	defer n.Wal.mu.Unlock()
	n.table.mu.Lock()
	n.table.n = 0
	n.table.mu.Unlock()
}
