// Package goker_kubernetes_11298_like: the loop waits for the condition with a
// second lock held, which who signals takes first.
package goker_kubernetes_11298_like

import "sync"

type Node struct {
	mu    sync.Mutex
	cond  *sync.Cond
	state int

	regMu sync.Mutex
	users int
}

func New() *Node {
	n := &Node{}
	n.cond = sync.NewCond(&n.mu)
	return n
}

func (n *Node) Serve() int {
	n.regMu.Lock()
	defer n.regMu.Unlock()
	n.mu.Lock()
	defer n.mu.Unlock()
	for n.state == 0 {
		n.cond.Wait() // want wait: Node.regMu Node.cond
	}
	n.users++
	return n.state
}

func (n *Node) Notify() {
	n.regMu.Lock()
	n.users--
	n.regMu.Unlock()
	n.mu.Lock()
	n.state = 1
	n.mu.Unlock()
	n.cond.Signal()
}
