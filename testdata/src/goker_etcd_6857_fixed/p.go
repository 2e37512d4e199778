// Package goker_etcd_6857_fixed: who asks for the status sees that the node
// has stopped.
package goker_etcd_6857_fixed

// want nothing

type Node struct {
	status chan chan int
	stop   chan struct{}
	done   chan struct{}
}

func (n *Node) run() {
	for term := 0; ; term++ {
		select {
		case c := <-n.status:
			c <- term
		case <-n.stop:
			close(n.done)
			return
		}
	}
}

func (n *Node) Stop() {
	select {
	case n.stop <- struct{}{}:
	case <-n.done:
	}
	<-n.done
}

func Start() *Node {
	n := &Node{status: make(chan chan int), stop: make(chan struct{}), done: make(chan struct{})}
	go n.run()
	return n
}

func (n *Node) Status() int {
	c := make(chan int)
	select {
	case n.status <- c:
		return <-c
	case <-n.done:
		return 0
	}
}
