// Package abba_calls_released: the call that would take the second lock is
// made after the first is released.
package abba_calls_released

import "sync"

// want nothing

type Router struct {
	mu    sync.Mutex
	peers []*Peer
}

type Peer struct {
	mu     sync.Mutex
	router *Router
	down   bool
}

func (r *Router) Broadcast() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range r.peers {
		r.send(p)
	}
}

func (r *Router) send(p *Peer) { p.write() }

func (p *Peer) write() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = false
}

func (p *Peer) Fail() {
	p.mu.Lock()
	p.down = true
	p.mu.Unlock()
	p.detach()
}

func (p *Peer) detach() { p.router.remove(p) }

func (r *Router) remove(p *Peer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.peers = r.peers[:0]
}

// want edge: Router.mu -> Peer.mu
// want no edge: Peer.mu -> Router.mu
