// Package ends_in_exit: one of the two orders occurs only on a path that must
// end in os.Exit, some calls down.
package ends_in_exit

import (
	"fmt"
	"os"
	"sync"
)

// want nothing

type Pager struct {
	mu   sync.Mutex
	free int
}

type Trace struct {
	mu    sync.Mutex
	lines int
}

func (t *Trace) die(msg string) {
	t.mu.Lock()
	t.lines++
	t.mu.Unlock()
	quit(msg)
}

func quit(msg string) {
	fmt.Fprintln(os.Stderr, msg)
	os.Exit(2)
}

func (p *Pager) Free(t *Trace, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n > p.free {
		t.die("pager: freed twice")
	}
	p.free -= n
}

func (t *Trace) Flush(p *Pager) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	t.lines += p.free
}
