// Package goker_serving_2137_fixed: the request is let go before its answer is
// waited for.
package goker_serving_2137_fixed

import "sync"

// want nothing

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

func (b *Breaker) Send() bool {
	r := &Request{accepted: make(chan bool)}
	r.mu.Lock()
	go b.serve(r)
	r.mu.Unlock()
	return <-r.accepted
}
