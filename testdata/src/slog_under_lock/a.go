// Package slog_under_lock: a value that is logged under a lock is asked for
// its LogValue, which takes another.
package slog_under_lock

import (
	"log/slog"
	"sync"
)

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
	defer s.mu.Unlock()
	s.peers++
	s.log.Info("added", "count", s.peers, "peer", p) // want cycle: Server.mu Peer.mu
}

func (p *Peer) Leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.server.peers--
}
