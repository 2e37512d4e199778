// Package goker_grpc_1353_like: an update is sent under the lock that its
// reader takes for each address that is gone.
package goker_grpc_1353_like

import "sync"

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

func Dial(r *RoundRobin) *Conn {
	c := &Conn{r}
	go c.read()
	return c
}

func (r *RoundRobin) Update(addrs []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.addrs = addrs
	r.out <- addrs // want wait: RoundRobin.mu RoundRobin.out
}
