// Package generic_instances_linked: the parts of a generic list are generic
// too: a node leads back to the list that it is in, and shares its lock by a
// pointer. What the node locks is of the list's own class.
package generic_instances_linked

import "sync"

type List[K comparable, V any] struct {
	mu    sync.Mutex
	nodes map[K]*Node[K, V]
}

type Node[K comparable, V any] struct {
	list *List[K, V]
	mu   *sync.Mutex
	v    V
}

func (l *List[K, V]) Add(k K, v V) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.nodes[k] = &Node[K, V]{list: l, mu: &l.mu, v: v}
}

// Reset holds the list over its nodes, each of which locks it again.
func (l *List[K, V]) Reset(v V) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n := range l.nodes {
		n.set(v)
	}
}

func (n *Node[K, V]) set(v V) {
	n.list.mu.Lock() // want relock: List[string,int].mu
	defer n.list.mu.Unlock()
	n.v = v
}

func (n *Node[K, V]) touch(log *Log) {
	n.mu.Lock()
	defer n.mu.Unlock()
	log.add() // want cycle: Log.mu List[string,int].mu
}

type Log struct {
	mu   sync.Mutex
	n    int
	list *List[string, int]
}

func (l *Log) add() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n++
}

func (l *Log) Clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list.Add("", 0)
}

func Use(l *List[string, int], m *List[int, string], log *Log) {
	l.Add("a", 1)
	l.Reset(2)
	m.Add(1, "a")
	for _, n := range l.nodes {
		n.touch(log)
	}
}
