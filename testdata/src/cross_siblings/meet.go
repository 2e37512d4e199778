// Package meet imports two packages that take two locks in opposite orders.
package meet

import (
	"example.com/testdata/cross_siblings/one"
	"example.com/testdata/cross_siblings/two"
)

// want cycle: /locks.A /locks.B

func Both() {
	go one.AB()
	go two.BA()
}
