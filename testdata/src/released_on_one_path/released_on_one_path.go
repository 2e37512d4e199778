// Package released_on_one_path: the lock is released before the call on one
// path, and not on the other.
package released_on_one_path

import "sync"

type Inbox struct {
	mu sync.Mutex
	n  int
}

type Outbox struct {
	mu sync.Mutex
	n  int
}

func (i *Inbox) Move(o *Outbox, keep bool) {
	i.mu.Lock()
	n := i.n
	if !keep {
		i.n = 0
		i.mu.Unlock()
		o.put(n)
		return
	}
	o.put(n) // want cycle: Inbox.mu Outbox.mu
	i.mu.Unlock()
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
