// Package cond_lock: the lock of a Cond, taken through its field L, is the
// lock that the Cond was made with.
package cond_lock

import "sync"

type Mailbox struct {
	mu     sync.Mutex
	cond   *sync.Cond
	mails  int
	office *Office
}

type Office struct {
	mu     sync.Mutex
	sorted int
}

func NewMailbox(o *Office) *Mailbox {
	m := &Mailbox{office: o}
	m.cond = sync.NewCond(&m.mu)
	return m
}

func (m *Mailbox) Put() {
	m.cond.L.Lock()
	defer m.cond.L.Unlock()
	m.mails++
	m.office.mu.Lock() // want cycle: Mailbox.mu Office.mu
	m.office.sorted++
	m.office.mu.Unlock()
	m.cond.Signal()
}

func (o *Office) Empty(m *Mailbox) {
	o.mu.Lock()
	defer o.mu.Unlock()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mails = 0
}
