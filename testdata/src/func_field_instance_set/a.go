// Package func_field_instance_set: as func_field_instance, but the node gets the
// log of a table, callback and all.
package func_field_instance_set

import "sync"

type added int

type store interface {
	Append(b []byte)
	OnChange(f func(added))
}

type log struct {
	mu      sync.Mutex
	size    int
	changed func(added)
}

func newLog() (l *log, err error) {
	l = &log{}
	defer func() { l.size = 0 }()
	return l, nil
}

func (l *log) OnChange(f func(added)) {
	l.mu.Lock()
	l.changed = f
	l.mu.Unlock()
}

// Append tells of it, with the lock given back.
func (l *log) Append(b []byte) {
	l.mu.Lock()
	l.grow(b)
	l.mu.Unlock()
	l.tell(len(b))
}

func (l *log) grow(b []byte) { l.size += len(b) }

func (l *log) tell(n int) {
	if f := l.changed; f != nil {
		f(added(n))
	}
}

type Table struct {
	mu    sync.Mutex
	store store
	rows  int
	node  *Node
}

func Open(n *Node) (*Table, error) {
	l, err := newLog()
	if err != nil {
		return nil, err
	}
	t := &Table{node: n}
	t.store = l
	t.store.OnChange(t.changed)
	return t, nil
}

func (t *Table) changed(n added) {
	t.mu.Lock()
	t.rows += int(n)
	t.mu.Unlock()
}

// Insert holds the table over the node.
func (t *Table) Insert(b []byte) {
	t.mu.Lock()
	t.node.Propose(b)
	t.mu.Unlock()
	t.store.Append(b)
}

type Config struct{ Log store }

type Node struct {
	mu  sync.Mutex
	wal store
}

func newNode(cfg *Config) *Node { return &Node{wal: cfg.Log} }

func Start() (*Node, error) {
	t, err := Open(nil)
	if err != nil {
		return nil, err
	}
	return newNode(&Config{Log: t.store}), nil
}

// Propose holds the node over its log.
func (n *Node) Propose(b []byte) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.wal.Append(b) // want cycle: Node.mu Table.mu
}
