// Package chan_drained_too_far: a value is received under a lock that the
// senders need, where the test of the length has gone by.
package chan_drained_too_far

import "sync"

type Node struct {
	mu    sync.Mutex
	term  int
	votes chan int
}

func New() *Node {
	return &Node{votes: make(chan int)}
}

func (n *Node) Campaign() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.votes) > 0 {
		n.term++
	}
	return <-n.votes // want wait: Node.mu Node.votes
}

func (n *Node) Vote() {
	n.mu.Lock()
	term := n.term
	n.mu.Unlock()
	n.votes <- term
}
