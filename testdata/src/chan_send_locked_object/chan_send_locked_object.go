// Package chan_send_locked_object: an object is sent with its lock held. Who
// receives it waits for the lock, but he has received it then.
package chan_send_locked_object

import "sync"

// want nothing

type Parcel struct {
	mu   sync.Mutex
	body []byte
}

type Line struct {
	parcels chan *Parcel
}

func (l *Line) Post(body []byte) {
	p := new(Parcel)
	p.mu.Lock()
	l.parcels <- p
	p.body = body
	p.mu.Unlock()
}

func (l *Line) Repost(p *Parcel) {
	p.mu.Lock()
	defer p.mu.Unlock()
	l.parcels <- p
}

func (l *Line) Run() {
	for p := range l.parcels {
		p.mu.Lock()
		p.body = nil
		p.mu.Unlock()
	}
}
