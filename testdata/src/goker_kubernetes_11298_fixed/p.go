// Package goker_kubernetes_11298_fixed: the loop waits with the lock of the
// condition, which gives it back, and tests what it waits for.
package goker_kubernetes_11298_fixed

import "sync"

// want nothing

type Node struct {
	mu    sync.Mutex
	cond  *sync.Cond
	state int
}

func New() *Node {
	n := &Node{}
	n.cond = sync.NewCond(&n.mu)
	return n
}

func (n *Node) Serve() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	for n.state == 0 {
		n.cond.Wait()
	}
	return n.state
}

func (n *Node) Notify() {
	n.mu.Lock()
	n.state = 1
	n.mu.Unlock()
	n.cond.Signal()
}
