// Package outside_brought: the channel comes from who receives, who ends what
// sends to it when he has had enough.
package outside_brought

import "sync"

type Framer struct {
	mu   sync.Mutex
	data []byte
	out  chan<- []byte
	done bool
}

func New(out chan<- []byte) *Framer { return &Framer{out: out} }

func (f *Framer) Send(b []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.data = append(f.data, b...)
	for len(f.data) > 64 && !f.done {
		f.out <- f.data[:64] // want wait: Framer.mu Framer.out
		f.data = f.data[64:]
	}
}

func (f *Framer) Destroy() {
	f.mu.Lock()
	was := f.done
	f.done = true
	f.mu.Unlock()
	if !was {
		close(f.out)
	}
}
