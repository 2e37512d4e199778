// Package kept_on_error_wrapped: as kept_on_error, but the error is made, and handed
// on by a function in between, which adds to it.
package kept_on_error_wrapped

import (
	"errors"
	"fmt"
	"sync"
)

type Dirs struct {
	mu  sync.Mutex
	bad bool
	n   int
}

func (d *Dirs) next() (int, error) {
	d.mu.Lock()
	if d.bad {
		return 0, errors.New("bad") // want leak: Dirs.mu
	}
	d.n++
	n := d.n
	d.mu.Unlock()
	return n, nil
}

func (d *Dirs) named() (int, error) {
	n, err := d.next()
	if err != nil {
		return 0, fmt.Errorf("next: %w", err)
	}
	return n, nil
}

func (d *Dirs) Next() int {
	n, err := d.named()
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
