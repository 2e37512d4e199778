// Package lock_interface_other: an interface with a Lock and an Unlock that no
// mutex ever is. What they do is in the types that implement it.
package lock_interface_other

import "sync"

type Door interface {
	Lock()
	Unlock()
}

// Gate is shut when it is locked, which its mutex guards for an instant.
type Gate struct {
	mu   sync.Mutex
	shut bool
}

func (g *Gate) Lock() {
	g.mu.Lock()
	g.shut = true
	g.mu.Unlock()
}

func (g *Gate) Unlock() {
	g.mu.Lock()
	g.shut = false
	g.mu.Unlock()
}

// want nothing

type Yard struct {
	mu    sync.Mutex
	doors []Door
}

func (y *Yard) Night() {
	for _, d := range y.doors {
		d.Lock()
	}
	for _, d := range y.doors {
		d.Lock()
	}
}

func NewYard() *Yard { return &Yard{doors: []Door{new(Gate), new(Gate)}} }
