// Package json_tree: a tree is marshalled from parent to child, each under the
// lock of its own, and through a type without the method.
package json_tree

import (
	"encoding/json"
	"sync"
)

// want nothing

type Node struct {
	mu       sync.Mutex
	Name     string
	Children []*Node
}

type plain struct {
	Name     string
	Children []*Node
}

func (n *Node) MarshalJSON() ([]byte, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return json.Marshal(plain{n.Name, n.Children})
}

func (n *Node) Rename(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.Name = name
}
