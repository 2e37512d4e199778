// Package kept_on_error_on: as kept_on_error, but who calls it counts the error and
// goes on.
package kept_on_error_on

import (
	"errors"
	"sync"
)

var errBad = errors.New("bad")

type Dirs struct {
	mu     sync.Mutex
	bad    bool
	n      int
	failed int
}

func (d *Dirs) next() (int, error) {
	d.mu.Lock()
	if d.bad {
		return 0, errBad
	}
	d.n++
	n := d.n
	d.mu.Unlock()
	return n, nil
}

func (d *Dirs) reset() {
	d.mu.Lock()
	d.n = 0
	d.mu.Unlock()
}

func (d *Dirs) Next() int {
	n, err := d.next()
	if err != nil {
		d.failed++
		d.reset() // want relock: Dirs.mu
		d.mu.Unlock()
	}
	return n
}
