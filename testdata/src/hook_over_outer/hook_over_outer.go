// Package hook_over_outer has a base that calls the type which embeds it, and
// an observer that was made for whom it observes.
package hook_over_outer

import "sync"

type Handler interface{ Handle(string) }

type Base struct {
	mu   sync.Mutex
	h    Handler
	sent int
}

func (b *Base) Receive(s string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.h.Handle(s) // want relock: Base.mu
}

func (b *Base) Send(string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sent++
}

type Node struct{ Base }

func NewNode() *Node {
	n := &Node{}
	n.h = n
	return n
}

func (n *Node) Handle(s string) { n.Send(s) }

type Observer interface{ Update(int) }

type Subject struct {
	mu  sync.RWMutex
	obs []Observer
	v   int
}

// Add may be called from outside, with an Observer of the caller's own.
func (s *Subject) Add(o Observer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.obs = append(s.obs, o)
}

func (s *Subject) Set(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.v = v
	for _, o := range s.obs {
		o.Update(v) // want relock: Subject.mu
	}
}

func (s *Subject) Get() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.v
}

type View struct {
	of   *Subject
	last int
}

func NewView(of *Subject) *View {
	v := &View{of: of}
	of.Add(v)
	return v
}

func (v *View) Update(int) { v.last = v.of.Get() }
