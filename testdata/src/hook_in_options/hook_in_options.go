// Package hook_in_options hands a hook to a constructor in a struct: kept as it
// is, by its address, and field by field. The hook comes back to what was made.
package hook_in_options

import "sync"

type Cache struct {
	mu   sync.Mutex
	opts Options
	m    map[string]int
}

type Options struct {
	Name    string
	OnEvict func(k string)
}

func NewCache(o Options) *Cache { return &Cache{opts: o, m: map[string]int{}} }

func (c *Cache) Del(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.m, k)
	if c.opts.OnEvict != nil {
		c.opts.OnEvict(k) // want relock: Cache.mu
	}
}

func (c *Cache) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.m)
}

type Store struct {
	c    *Cache
	last int
}

func NewStore() *Store {
	s := &Store{}
	s.c = NewCache(Options{Name: "store", OnEvict: func(string) { s.last = s.c.Len() }})
	return s
}

type Config struct {
	Size   int
	Notify func()
}

type Queue struct {
	mu  sync.Mutex
	cfg *Config
	n   int
}

func NewQueue(cfg *Config) *Queue { return &Queue{cfg: cfg} }

func (q *Queue) Push() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.n++; q.n > q.cfg.Size {
		q.cfg.Notify() // want relock: Queue.mu
	}
}

func (q *Queue) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.n
}

type Server struct {
	q    *Queue
	full int
}

func NewServer() *Server {
	s := &Server{}
	s.q = NewQueue(&Config{Size: 3, Notify: s.filled})
	return s
}

func (s *Server) filled() { s.full = s.q.Len() }

type Handlers struct {
	OnOpen, OnClose func()
}

type Conn struct {
	mu      sync.Mutex
	onClose func()
	open    bool
}

func Dial(h Handlers) (*Conn, error) {
	c := &Conn{onClose: h.OnClose, open: true}
	if h.OnOpen != nil {
		h.OnOpen()
	}
	return c, nil
}

func (c *Conn) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open = false
	c.onClose() // want relock: Conn.mu
}

func (c *Conn) Open() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.open
}

type Client struct {
	conn *Conn
	gone bool
}

func NewClient() (*Client, error) {
	c := &Client{}
	conn, err := Dial(Handlers{OnClose: c.closed})
	if err != nil {
		return nil, err
	}
	c.conn = conn
	return c, nil
}

func (c *Client) closed() { c.gone = !c.conn.Open() }
