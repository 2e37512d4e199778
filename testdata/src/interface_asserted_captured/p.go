// Package interface_asserted_captured: as interface_asserted, but the call is in a
// closure.
package interface_asserted_captured

import "sync"

// want nothing

// Observer is told of changes; only users of the package have one.
type Observer interface{ Changed(n int) }

// Delta is what some observers can do besides.
type Delta interface{ Update(n int) bool }

type Client struct {
	mu       sync.Mutex
	observer Observer
	closed   bool

	turn sync.Mutex // of the observer
	told int
}

// New is for users, who bring their observer.
func New(o Observer) *Client { return &Client{observer: o} }

// A state tells the observer of the client, if that can be told.
type state struct{ c *Client }

func (s state) Update(n int) bool {
	s.c.mu.Lock()
	d, ok := s.c.observer.(Delta)
	s.c.mu.Unlock()
	if !ok {
		return false
	}
	s.c.turn.Lock()
	defer s.c.turn.Unlock()
	s.c.told++
	tell := func() bool { return d.Update(n) }
	return tell()
}

// Poll asks what there is to tell.
func (c *Client) Poll() bool {
	var d Delta = state{c}
	return d.Update(1)
}

// Close waits for the turn.
func (c *Client) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.turn.Lock()
	c.closed = true
	c.turn.Unlock()
}
