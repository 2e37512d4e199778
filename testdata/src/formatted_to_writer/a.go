// Package formatted_to_writer: a number is printed to a writer under the lock;
// elsewhere the same function prints what has a String method that locks.
package formatted_to_writer

import (
	"fmt"
	"io"
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

func (r *Ring) Show(w io.Writer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprintf(w, "%d members\n", r.members)
}

func (n *Node) Leave() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ring.mu.Lock()
	defer n.ring.mu.Unlock()
	n.ring.members--
}

func Print(w io.Writer, n *Node) { fmt.Fprintln(w, n) }

// want no edge: Ring.mu -> Node.mu
