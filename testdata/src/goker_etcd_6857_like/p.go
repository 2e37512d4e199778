// Package goker_etcd_6857_like: the status is asked for under the lock that
// the node takes for each of its turns.
package goker_etcd_6857_like

import "sync"

type Node struct {
	mu     sync.Mutex
	term   int
	status chan chan int
}

func (n *Node) Run() {
	for c := range n.status {
		n.mu.Lock()
		term := n.term
		n.mu.Unlock()
		c <- term
	}
}

func (n *Node) Campaign() int {
	c := make(chan int)
	n.mu.Lock()
	defer n.mu.Unlock()
	n.term++
	n.status <- c // want wait: Node.mu Node.status
	return <-c
}
