// Package by_value_two_fields: a lock within a struct that lies by value in
// fields of two types, and is a parameter where it is taken. Those in the one
// field are held over a wait that those in the other are taken before, and over
// a lock under which those in the other are taken.
package by_value_two_fields

import "sync"

// want nothing

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
	flushes Group
	mu      sync.Mutex
	wg      sync.WaitGroup
	rows    int
}

func (s *Store) Open() {
	p := &Part{}
	p.wg.Add(1)
	go p.flusher()
	s.parts = append(s.parts, p)
}

func (s *Store) Use() { s.users.Add() }

func (s *Store) Stop() {
	s.users.Block()
	defer s.users.Unblock()
	for _, p := range s.parts {
		p.reset()
		p.wg.Wait()
	}
}

func (p *Part) reset() {
	p.mu.Lock()
	p.rows = 0
	p.mu.Unlock()
}

func (p *Part) flusher() {
	defer p.wg.Done()
	p.mu.Lock()
	p.flushes.Add()
	p.mu.Unlock()
}
