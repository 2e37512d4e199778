// Package formatted_under_lock: printing a value under a lock calls its String
// method, which takes another.
package formatted_under_lock

import (
	"fmt"
	"sync"
)

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

func (r *Ring) Show(n *Node) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Printf("%v of %d\n", n, r.members) // want cycle: Ring.mu Node.mu
}

func (n *Node) Leave() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ring.mu.Lock()
	defer n.ring.mu.Unlock()
	n.ring.members--
}
