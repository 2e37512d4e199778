// Package kept_on_error: a function returns an error with its lock held. Who calls it
// panics then, so that behind the call the lock is free.
package kept_on_error

import (
	"errors"
	"sync"
)

var errBad = errors.New("bad")

type Dirs struct {
	mu  sync.Mutex
	bad bool
	n   int
}

func (d *Dirs) next() (int, error) {
	d.mu.Lock()
	if d.bad {
		return 0, errBad // want leak: Dirs.mu
	}
	d.n++
	n := d.n
	d.mu.Unlock()
	return n, nil
}

func (d *Dirs) Next() int {
	n, err := d.next()
	if err != nil {
		panic(err)
	}
	return n
}

func Serve(d *Dirs) int {
	work := func(done chan struct{}, n *int) {
		*n = d.Next()
		done <- struct{}{}
	}
	done := make(chan struct{}, 2)
	defer close(done)
	var x, y int
	go work(done, &x)
	go work(done, &y)
	for range cap(done) {
		<-done
	}
	return x + y + d.Next()
}
