// Package goker_serving_2137_like: the answer is waited for under the lock
// that holds the request back.
package goker_serving_2137_like

import "sync"

type Request struct {
	mu       sync.Mutex
	accepted chan bool
}

type Breaker struct{ active chan struct{} }

func NewBreaker() *Breaker { return &Breaker{active: make(chan struct{}, 1)} }

func (b *Breaker) serve(r *Request) {
	b.active <- struct{}{}
	r.mu.Lock()
	r.mu.Unlock()
	r.accepted <- true
	<-b.active
}

func NewRequest(b *Breaker) *Request {
	r := &Request{accepted: make(chan bool)}
	go b.serve(r)
	return r
}

func (r *Request) Held() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return <-r.accepted // want wait: Request.mu Request.accepted
}
