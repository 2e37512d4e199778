// Package goker_grpc_1353_fixed: the channel has room for one update, and who
// brings another takes the old one out.
package goker_grpc_1353_fixed

import "sync"

// want nothing

type RoundRobin struct {
	mu    sync.Mutex
	addrs []string
	out   chan []string
}

type Conn struct{ rr *RoundRobin }

func (c *Conn) read() {
	for addrs := range c.rr.out {
		for _, a := range addrs {
			c.rr.down(a)
		}
	}
}

func (r *RoundRobin) down(addr string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, a := range r.addrs {
		if a == addr {
			r.addrs = append(r.addrs[:i:i], r.addrs[i+1:]...)
			return
		}
	}
}

func Dial() *Conn {
	c := &Conn{&RoundRobin{out: make(chan []string, 1)}}
	go c.read()
	return c
}

func (r *RoundRobin) Update(addrs []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.addrs = addrs
	select {
	case <-r.out:
	default:
	}
	select {
	case r.out <- addrs:
	default:
	}
}
