// Package slog_other_value: what is logged under the lock is no peer; a peer is
// logged when nothing is held.
package slog_other_value

import (
	"log/slog"
	"sync"
)

// want nothing

type Server struct {
	mu    sync.Mutex
	log   *slog.Logger
	peers int
}

type Peer struct {
	mu     sync.Mutex
	server *Server
	name   string
}

func (p *Peer) LogValue() slog.Value {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slog.StringValue(p.name)
}

func (s *Server) Add(p *Peer) {
	s.mu.Lock()
	s.peers++
	s.log.Info("added", "count", s.peers)
	s.mu.Unlock()
	s.log.Info("added", "peer", p)
}

func (p *Peer) Leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.server.peers--
}
