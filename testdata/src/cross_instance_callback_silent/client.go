// Package cross_instance_callback_silent hands what it is told by one bus on to
// another.
//
// want nothing
package cross_instance_callback_silent

import "example.com/testdata/cross_instance_callback_silent/bus"

// A Bridge has two buses.
type Bridge struct{ from, to *bus.Bus }

// Start subscribes to one of them.
func (b *Bridge) Start() { b.from.Subscribe(b.told) }

func (b *Bridge) told(s string) { b.to.Publish(s) }
