// Package formatted_other_value: what is printed under the lock has no String
// method that takes one.
package formatted_other_value

import (
	"fmt"
	"sync"
)

// want nothing

type Ring struct {
	mu      sync.Mutex
	members int
}

type Node struct {
	mu   sync.Mutex
	ring *Ring
	name string
}

func (n *Node) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.name
}

func (r *Ring) Show() {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Printf("%d members\n", r.members)
}

func (n *Node) Leave() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ring.mu.Lock()
	defer n.ring.mu.Unlock()
	n.ring.members--
}

func Print(n *Node) { fmt.Println(n) }

// want no edge: Ring.mu -> Node.mu
