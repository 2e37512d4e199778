// Package goker_kubernetes_5316_like: the result is waited for under the lock
// that the function takes.
package goker_kubernetes_5316_like

import "sync"

type Server struct {
	mu   sync.Mutex
	hits int
}

func (s *Server) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hits++
	return s.hits
}

func (s *Server) Get() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	result := make(chan int)
	go func() { result <- s.count() }()
	return <-result // want wait: Server.mu (*Server).Get.result
}
