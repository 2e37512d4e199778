// Package by_value_one_field: as by_value_two_fields, but one of those who are
// waited for is given the group that is held.
package by_value_one_field

import "sync"

type Group struct {
	mu sync.Mutex
	n  int
}

func (g *Group) Add() {
	g.mu.Lock()
	g.n++
	g.mu.Unlock()
}

func (g *Group) Block() { g.mu.Lock() }

func (g *Group) Unblock() { g.mu.Unlock() }

type Store struct {
	users Group
	parts []*Part
}

type Part struct {
	of      *Store
	flushes Group
	wg      sync.WaitGroup
}

func (s *Store) Open() {
	p := &Part{of: s}
	p.wg.Add(1)
	go p.flusher(&p.flushes)
	p.wg.Add(1)
	go p.flusher(&s.users)
	s.parts = append(s.parts, p)
}

func (s *Store) Stop() {
	s.users.Block()
	defer s.users.Unblock()
	for _, p := range s.parts {
		p.wg.Wait() // want wait: Group.mu Part.wg
	}
}

func (p *Part) flusher(g *Group) {
	defer p.wg.Done()
	g.Add()
}
