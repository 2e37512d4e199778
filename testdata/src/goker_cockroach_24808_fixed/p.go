// Package goker_cockroach_24808_fixed: a suggestion that finds the channel
// full is dropped: the one in it does as well.
package goker_cockroach_24808_fixed

// want nothing

type Compactor struct{ wake chan struct{} }

func New() *Compactor { return &Compactor{wake: make(chan struct{}, 1)} }

func (c *Compactor) Start() {
	c.Suggest()
	go func() {
		for range c.wake {
			println("compacted")
		}
	}()
}

func (c *Compactor) Suggest() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}
