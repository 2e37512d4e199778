// Package hand_over_hand: a list is walked with each node's lock taken before
// its predecessor's is released.
package hand_over_hand

import "sync"

// want nothing

type Node struct {
	mu   sync.Mutex
	key  int
	next *Node
}

// Find returns the node with the key, or nil.
func Find(head *Node, key int) *Node {
	cur := head
	cur.mu.Lock()
	for cur.next != nil {
		next := cur.next
		next.mu.Lock()
		cur.mu.Unlock()
		cur = next
		if cur.key == key {
			cur.mu.Unlock()
			return cur
		}
	}
	cur.mu.Unlock()
	return nil
}
