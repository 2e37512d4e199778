// Package goker_grpc_1275_like: the stream is read under the lock that closing
// it takes.
package goker_grpc_1275_like

import "sync"

type Stream struct {
	mu     sync.Mutex
	closed bool
	recv   chan []byte
}

func (s *Stream) Read() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return <-s.recv // want wait: Stream.mu Stream.recv
}

func (s *Stream) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.recv <- nil
}
