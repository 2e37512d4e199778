// Package func_field_instance_shared: the constructor keeps what it makes in a
// list, and a callback is set on all in the list.
package func_field_instance_shared

import "sync"

type log struct {
	size    int
	changed func(int)
}

type Registry struct {
	mu   sync.Mutex
	logs map[string]*log
	rows int
}

func (r *Registry) open(name string) *log {
	l := &log{}
	r.logs[name] = l
	return l
}

// Watch sets the callback of every log there is.
func (r *Registry) Watch() {
	for _, l := range r.logs {
		l.changed = r.changed
	}
}

func (r *Registry) changed(n int) {
	r.mu.Lock()
	r.rows += n
	r.mu.Unlock()
}

type Node struct {
	mu  sync.Mutex
	wal *log
}

func (r *Registry) Start() *Node { return &Node{wal: r.open("node")} }

func (n *Node) Propose(b []byte) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.wal.size += len(b)
	n.wal.changed(len(b)) // want cycle: Node.mu Registry.mu
}

func (r *Registry) Add(n *Node) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n.mu.Lock()
	n.mu.Unlock()
}
