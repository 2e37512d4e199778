// Package relock_all_released: a loop locks all elements; then one of them is unlocked while it is locked
// again.
package relock_all_released

import "sync"

// want nothing

type Device struct {
	peers struct {
		sync.RWMutex
		byKey map[int]*Peer
	}
	key int
}

type Peer struct {
	handshake struct {
		mutex sync.RWMutex
		key   int
	}
}

func (d *Device) Add(key int) {
	d.peers.Lock()
	defer d.peers.Unlock()
	p := new(Peer)
	p.handshake.key = key
	d.peers.byKey[key] = p
}

func (p *Peer) Stop() {
	p.handshake.mutex.Lock()
	p.handshake.key = 0
	p.handshake.mutex.Unlock()
}

func (d *Device) SetKey(key int) {
	d.peers.Lock()
	defer d.peers.Unlock()
	locked := make([]*Peer, 0, len(d.peers.byKey))
	for _, p := range d.peers.byKey {
		p.handshake.mutex.RLock()
		locked = append(locked, p)
	}
	for k, p := range d.peers.byKey {
		if p.handshake.key == key {
			p.handshake.mutex.RUnlock()
			p.Stop()
			p.handshake.mutex.RLock()
			delete(d.peers.byKey, k)
		}
	}
	d.key = key
	for _, p := range locked {
		p.handshake.mutex.RUnlock()
	}
}
