// Package chan_drained_under_lock: what waits in a buffer is taken out under a
// lock that the senders need, and a value takes the place of an old one.
package chan_drained_under_lock

import "sync"

// want nothing

type Node struct {
	mu    sync.Mutex
	term  int
	votes chan int
	lead  chan int
}

func New() *Node {
	return &Node{votes: make(chan int, 8), lead: make(chan int, 1)}
}

func (n *Node) Campaign() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for len(n.votes) > 0 {
		<-n.votes
	}
	select {
	case n.lead <- n.term:
	case <-n.lead:
		n.term++
	}
}

func (n *Node) Vote() {
	n.mu.Lock()
	term := n.term
	n.mu.Unlock()
	n.votes <- term
}

func (n *Node) Watch() {
	for {
		n.mu.Lock()
		n.term++
		n.mu.Unlock()
		<-n.lead
	}
}
