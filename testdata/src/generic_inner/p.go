// Package generic_inner: two instances of a generic type make locks of one type
// that is not generic. Those of the one are held over a wait, and over a lock,
// that those of the other are taken before, and under.
package generic_inner

import "sync"

// want nothing

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
	blocks  *Keyed[string]
	mu      sync.Mutex
	filters chan int
	n       int
}

func New() *Gossip {
	v := &View{blocks: NewKeyed[string](), filters: make(chan int)}
	go v.run()
	return &Gossip{channels: NewKeyed[uint64](), view: v}
}

func (g *Gossip) Process(id uint64) {
	g.channels.Lock(id)
	defer g.channels.Unlock(id)
	g.view.touch()
	g.view.filters <- int(id)
}

func (v *View) touch() {
	v.mu.Lock()
	v.n++
	v.mu.Unlock()
}

func (v *View) run() {
	for {
		v.mu.Lock()
		v.fetch("block")
		v.mu.Unlock()
		<-v.filters
	}
}

func (v *View) fetch(hash string) {
	v.blocks.Lock(hash)
	v.n++
	v.blocks.Unlock(hash)
}
