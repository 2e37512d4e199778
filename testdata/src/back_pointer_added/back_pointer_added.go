// Package back_pointer_added: a stream registers itself with its connection, whose
// lock is held when the connection has its streams close.
package back_pointer_added

import "sync"

type Conn struct {
	mu      sync.Mutex
	streams map[int]*Stream
	open    int
}

type Stream struct {
	conn *Conn
	id   int
}

func (c *Conn) add(s *Stream) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.streams[s.id] = s
	c.open++
}

func (c *Conn) Open(id int) *Stream {
	s := &Stream{conn: c, id: id}
	s.start()
	return s
}

func (s *Stream) start() { s.conn.add(s) }

func (s *Stream) stop() {
	s.conn.mu.Lock() // want relock: Conn.mu
	defer s.conn.mu.Unlock()
	s.conn.open--
}

func (c *Conn) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.streams {
		s.stop()
	}
}
