// Package formatted_to_writer_locked: what is printed to a writer under the lock
// has a String method that takes another.
package formatted_to_writer_locked

import (
	"fmt"
	"io"
	"sync"
)

type Ring struct {
	mu   sync.Mutex
	node *Node
	size int
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

func (n *Node) Leave() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ring.mu.Lock()
	n.ring.size--
	n.ring.mu.Unlock()
}

func (r *Ring) Show(w io.Writer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprintf(w, "%d of %v\n", r.size, r.node) // want cycle: Ring.mu Node.mu
}
