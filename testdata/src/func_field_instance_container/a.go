// Package func_field_instance_container: of two lists of one type, the
// callback is set on what goes into the one.
package func_field_instance_container

import "sync"

// want nothing

type conn struct {
	sent   int
	closed func()
}

func newConn() *conn { return &conn{} }

type Board struct {
	mu    sync.Mutex
	ended int
}

type Hub struct {
	mu    sync.Mutex
	in    map[int]*conn
	out   []*conn
	board *Board
}

// Accept makes a connection that tells the board of its end.
func (h *Hub) Accept(id int) {
	c := newConn()
	c.closed = h.board.count
	h.mu.Lock()
	h.in[id] = c
	h.mu.Unlock()
}

func (b *Board) count() {
	b.mu.Lock()
	b.ended++
	b.mu.Unlock()
}

// Show holds the board over the hub.
func (h *Hub) Show() int {
	h.board.mu.Lock()
	defer h.board.mu.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.board.ended + len(h.in)
}

func (h *Hub) Dial() {
	c := newConn()
	h.mu.Lock()
	h.out = append(h.out, c)
	h.mu.Unlock()
}

func (c *conn) close() {
	if c.closed != nil {
		c.closed()
	}
}

// Stop closes those that were dialled, which tell nobody.
func (h *Hub) Stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.out {
		c.close()
	}
}
