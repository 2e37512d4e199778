// Package abba_calls: the second lock of each pair is taken some calls below
// the first.
package abba_calls

import "sync"

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
		r.send(p) // want cycle: Router.mu Peer.mu
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
	defer p.mu.Unlock()
	p.down = true
	p.detach()
}

func (p *Peer) detach() { p.router.remove(p) }

func (r *Router) remove(p *Peer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.peers = r.peers[:0]
}
