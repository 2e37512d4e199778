// Package generic_inner_one: as generic_inner, but both have their locks from
// one object.
package generic_inner_one

import "sync"

type counted struct {
	mu  sync.Mutex
	cnt int
}

type Keyed[K comparable] struct {
	mu  sync.Mutex
	all map[K]*counted
}

func NewKeyed[K comparable]() *Keyed[K] { return &Keyed[K]{all: make(map[K]*counted)} }

func (k *Keyed[K]) Lock(id K) {
	k.mu.Lock()
	m := k.all[id]
	if m == nil {
		m = &counted{}
		k.all[id] = m
	}
	m.cnt++
	k.mu.Unlock()
	m.mu.Lock()
}

func (k *Keyed[K]) Unlock(id K) {
	k.mu.Lock()
	m := k.all[id]
	m.cnt--
	k.mu.Unlock()
	m.mu.Unlock()
}

type Gossip struct {
	channels *Keyed[uint64]
	view     *View
}

type View struct {
	blocks  *Keyed[uint64]
	mu      sync.Mutex
	filters chan int
	n       int
}

func New() *Gossip {
	all := NewKeyed[uint64]()
	v := &View{blocks: all, filters: make(chan int)}
	go v.run()
	return &Gossip{channels: all, view: v}
}

func (g *Gossip) Process(id uint64) {
	g.channels.Lock(id)
	defer g.channels.Unlock(id)
	g.view.touch()            // want cycle: View.mu counted.mu
	g.view.filters <- int(id) // want wait: View.filters counted.mu
}

func (v *View) touch() {
	v.mu.Lock()
	v.n++
	v.mu.Unlock()
}

func (v *View) run() {
	for {
		v.mu.Lock()
		v.fetch(7)
		v.mu.Unlock()
		<-v.filters
	}
}

func (v *View) fetch(hash uint64) {
	v.blocks.Lock(hash)
	v.n++
	v.blocks.Unlock(hash)
}
