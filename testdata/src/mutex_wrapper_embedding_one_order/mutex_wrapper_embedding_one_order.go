// Package mutex_wrapper_embedding_one_order: two locks of a type that only
// embeds a mutex, in one order: two classes, no peers. A struct with a mutex
// and data beside it is no wrapper.
package mutex_wrapper_embedding_one_order

import "sync"

// want nothing

type Mutex struct {
	sync.Mutex
}

type counters struct {
	sync.Mutex
	n map[string]int
}

type Pool struct {
	mtx  Mutex
	seen counters
}

type Peer struct {
	mtx  Mutex
	seen counters
}

func Assign(pool *Pool, peer *Peer) {
	pool.mtx.Lock()
	defer pool.mtx.Unlock()
	peer.mtx.Lock()
	defer peer.mtx.Unlock()
	peer.count("assign")
}

func Drop(pool *Pool, peer *Peer) {
	pool.mtx.Lock()
	pool.seen.Lock()
	pool.seen.n["drop"]++
	pool.seen.Unlock()
	pool.mtx.Unlock()
	peer.mtx.Lock()
	peer.count("drop")
	peer.mtx.Unlock()
}

func (p *Peer) count(what string) {
	p.seen.Lock()
	defer p.seen.Unlock()
	p.seen.n[what]++
}
