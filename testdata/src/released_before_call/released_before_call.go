// Package released_before_call: the lock is released before the call that
// takes the other, on every path.
package released_before_call

import "sync"

// want nothing

type Inbox struct {
	mu sync.Mutex
	n  int
}

type Outbox struct {
	mu sync.Mutex
	n  int
}

func (i *Inbox) Move(o *Outbox) bool {
	i.mu.Lock()
	if i.n == 0 {
		i.mu.Unlock()
		o.put(0)
		return false
	}
	n := i.n
	i.n = 0
	i.mu.Unlock()
	o.put(n)
	return true
}

func (o *Outbox) put(n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.n += n
}

func (o *Outbox) Return(i *Inbox) {
	o.mu.Lock()
	defer o.mu.Unlock()
	i.mu.Lock()
	defer i.mu.Unlock()
	i.n += o.n
}

// want no edge: Inbox.mu -> Outbox.mu
