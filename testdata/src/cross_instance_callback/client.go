// Package cross_instance_callback subscribes to the bus that it has itself, and
// publishes on that when it is told: the other package keeps the function, and
// only this one knows whose it is.
package cross_instance_callback

import "example.com/testdata/cross_instance_callback/bus"

// A Client has a bus.
type Client struct{ bus *bus.Bus }

// Start subscribes.
func (c *Client) Start() { c.bus.Subscribe(c.told) }

func (c *Client) told(s string) {
	if s == "again" {
		c.bus.Publish("told") // want relock: /bus.Bus.mu
	}
}
