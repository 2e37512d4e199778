// Package relock_owner_list: a node adds up the load of all nodes of its ring,
// in a loop of its own, and holds its lock for reading while it does.
package relock_owner_list

import "sync"

type Ring struct {
	nodes []*Node
}

type Node struct {
	mu   sync.RWMutex
	ring *Ring
	load int
}

func New(n int) *Ring {
	r := new(Ring)
	for range n {
		r.nodes = append(r.nodes, &Node{ring: r})
	}
	return r
}

func (n *Node) Add(load int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.load += load
}

// Share is this node's part of the whole.
func (n *Node) Share() float64 {
	n.mu.RLock()
	defer n.mu.RUnlock()
	sum := 0
	for _, m := range n.ring.nodes {
		m.mu.RLock() // want rlock: Node.mu
		sum += m.load
		m.mu.RUnlock()
	}
	return float64(n.load) / float64(sum)
}
