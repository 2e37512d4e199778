// Package mutex_wrapper_embedding: a mutex type of the program's own that only
// embeds one, as a build tag chooses it; its class is the field that holds it.
package mutex_wrapper_embedding

import "sync"

// Mutex is what a debug build replaces.
type Mutex struct {
	sync.Mutex
}

type Pool struct {
	mtx  Mutex
	free int
}

type Peer struct {
	mtx  Mutex
	busy int
}

func Assign(pool *Pool, peer *Peer) {
	pool.mtx.Lock()
	defer pool.mtx.Unlock()
	peer.mtx.Lock() // want cycle: Pool.mtx Peer.mtx
	defer peer.mtx.Unlock()
	peer.busy++
	pool.free--
}

func Drop(pool *Pool, peer *Peer) {
	peer.mtx.Lock()
	defer peer.mtx.Unlock()
	pool.mtx.Lock()
	defer pool.mtx.Unlock()
	peer.busy--
	pool.free++
}
