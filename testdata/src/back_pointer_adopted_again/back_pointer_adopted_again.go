// Package back_pointer_adopted_again: a producer takes a connection out of
// a pool, keeps it in a field, and registers itself with it through an
// interface. When that fails, and has its lock, it takes another, and registers
// with that: it is not locked.
package back_pointer_adopted_again

import "sync"

// want nothing
// want no edge: conn.mu -> conn.mu

type Listener interface{ Failed(err error) }

type Connection interface {
	Register(id int, l Listener)
	Close()
}

type Pool interface{ Get() Connection }

type conn struct {
	mu        sync.Mutex
	listeners map[int]Listener
	closed    bool
}

func newConn() *conn { return &conn{listeners: make(map[int]Listener)} }

func (c *conn) Register(id int, l Listener) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.listeners[id] = l
}

func (c *conn) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
}

func (c *conn) fail(id int, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if l, ok := c.listeners[id]; ok {
		l.Failed(err)
	}
}

type pool struct{ all []*conn }

func (p *pool) Get() Connection {
	c := newConn()
	p.all = append(p.all, c)
	return c
}

type producer struct {
	id   int
	pool Pool
	cnx  Connection
}

func NewProducer(id int) Listener {
	p := &producer{id: id, pool: &pool{}}
	p.reconnect()
	return p
}

func (p *producer) reconnect() {
	p.cnx = p.pool.Get()
	p.cnx.Register(p.id, p)
}

func (p *producer) Failed(error) { p.reconnect() }
