// Package latch_shared keeps one event in two fields, and hands it to a function:
// it may be fired by either, without the lock.
package latch_shared

import "sync"

// want nothing

// A Latch is opened once.
type Latch struct {
	ch   chan struct{}
	once sync.Once
}

func NewLatch() *Latch { return &Latch{ch: make(chan struct{})} }

func (l *Latch) Open() { l.once.Do(func() { close(l.ch) }) }

func (l *Latch) Wait() { <-l.ch }

type Server struct {
	mu      sync.Mutex
	stopped *Latch
	n       int
}

type Listener struct {
	server *Server
	gone   *Latch
}

func (s *Server) Listen() {
	l := &Listener{server: s, gone: s.stopped}
	go l.serve()
}

func (l *Listener) serve() { l.gone.Open() }

func (s *Server) run() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
	s.stopped.Open()
}

func Start() *Server {
	s := &Server{stopped: NewLatch()}
	go s.run()
	s.Listen()
	return s
}

func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped.Wait()
}

type Pump struct {
	mu    sync.Mutex
	empty *Latch
	n     int
}

func (p *Pump) run() {
	p.mu.Lock()
	p.n++
	p.mu.Unlock()
	p.empty.Open()
}

func (p *Pump) Drain(each func(func())) {
	go p.run()
	each(p.empty.Open)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.empty.Wait()
}
