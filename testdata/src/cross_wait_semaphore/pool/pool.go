// Package pool lets a few in at a time.
package pool

// A Pool is a semaphore.
type Pool struct{ sem chan struct{} }

// New makes one.
func New(n int) *Pool { return &Pool{sem: make(chan struct{}, n)} }

// Acquire waits for room.
func (p *Pool) Acquire() { p.sem <- struct{}{} }

// Release makes room.
func (p *Pool) Release() { <-p.sem }
