// Package chan_send_locked_other: the lock held is the sender's, not that of
// what is sent, and who receives needs it.
package chan_send_locked_other

import "sync"

type Parcel struct{ body []byte }

type Line struct {
	mu      sync.Mutex
	n       int
	parcels chan *Parcel
}

func New() *Line {
	l := &Line{parcels: make(chan *Parcel)}
	go l.run()
	return l
}

func (l *Line) Post(p *Parcel) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.parcels <- p // want wait: Line.mu Line.parcels
}

func (l *Line) run() {
	for {
		l.mu.Lock()
		l.n++
		l.mu.Unlock()
		<-l.parcels
	}
}
