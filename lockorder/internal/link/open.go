package link

import (
	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// An openEdge is an edge whose locks only a caller can name: func lockBoth(a,
// b *sync.Mutex). It rises through the calls until both have a class. Or it is
// one of two locks of a class that a caller may know to be one: func move(a, b
// *Account), or an iterator that calls the body of a loop over it.
type openEdge struct {
	held *lock.Path
	path *lock.Path
	mode lock.Mode
	h    *flow.Held // in the node that made the edge

	acquire *flow.Acquire // the acquisition there,
	event   *event        // or the event of a callee,
	atom    bool          // or what a callee takes by class,
	call    *flow.Call    // of this call; or the call that the edge rose through,
	callee  int
	inner   *openEdge // from here
}

type openKey struct{ held, path *lock.Path }

// maxOpen bounds the open edges of a node.
const maxOpen = 64

// open reports whether a caller can tell more of the lock than is known here.
func (c *closure) open(p *lock.Path) bool {
	_, final := c.class(p)
	return !final && c.outward(p, nil) != nil
}

// twins reports whether two locks of one class may be one, as far as is known
// here, and a caller can tell.
func (c *closure) twins(p, q *lock.Path) bool {
	if p == q || !p.Exact() || !q.Exact() || c.outward(p, nil) == nil || c.outward(q, nil) == nil || derived(p, q) || derived(q, p) {
		return false
	}
	for _, r := range []*lock.Path{p.Root(), q.Root()} {
		if r.Kind != lock.Param && r.Kind != lock.Free {
			return false
		}
	}
	x, final := c.class(p)
	y, _ := c.class(q)
	return final && x == y
}

// addOpen adds an edge if one of its locks is open.
func (c *closure) addOpen(n *flow.Node, e *openEdge) bool {
	switch {
	case c.open(e.held) || c.open(e.path):
		e.held, e.path = c.portable(e.held), c.portable(e.path)
	case e.inner == nil && !c.twins(e.held, e.path):
		return false // an edge like any other
	}
	s := c.sums[n.ID]
	k := openKey{e.held, e.path}
	if s.opened[k] {
		return false
	}
	if len(s.open) >= maxOpen {
		c.p.Bounded["open edges"]++
		return false
	}
	if s.opened == nil {
		s.opened = make(map[openKey]bool)
	}
	s.opened[k] = true
	s.open = append(s.open, e)
	return true
}

// portable is a lock in terms that every caller understands: its own path if
// they can tell more of it, and else its class.
func (c *closure) portable(p *lock.Path) *lock.Path {
	if c.open(p) || p.Root().Kind == lock.Opaque {
		return p
	}
	class, _ := c.class(p)
	return c.p.paths.Opaque(class)
}

// openHere adds the open edges that a node makes itself.
func (c *closure) openHere(n *flow.Node) bool {
	changed := false
	for i := range n.Record.Acquires {
		q := &n.Record.Acquires[i]
		if q.Try || q.Fresh || q.Nested {
			continue
		}
		for j := range q.Held {
			h := &q.Held[j]
			if h.Path != q.Path && c.addOpen(n, &openEdge{held: h.Path, path: q.Path, mode: q.Mode, h: h, acquire: q}) {
				changed = true
			}
		}
	}
	return changed
}

// openThrough adds those that a callee makes, and those made of what is held
// at the call and what the callee takes.
func (c *closure) openThrough(n *flow.Node, call *flow.Call, j int, at *absorbed) bool {
	callee := &call.Callees[j]
	t := c.sums[callee.Node.ID]
	changed := false
	for ; at.open < len(t.open); at.open++ {
		e := t.open[at.open]
		twins := c.twins(e.held, e.path)
		if !c.open(e.held) && !c.open(e.path) && !twins {
			continue // closed there
		}
		held, path := callee.Env.Subst(&c.p.paths, e.held).Path, callee.Env.Subst(&c.p.paths, e.path).Path
		if held == nil || path == nil || held == path && !twins {
			continue
		}
		if twins && !c.twins(held, path) {
			if held == path || derived(held, path) || derived(path, held) {
				c.settled[e.origin(callee.Node)] = true
			}
			if held != path {
				continue
			}
		}
		if c.addOpen(n, &openEdge{held: held, path: path, mode: e.mode, h: e.h, call: call, callee: j, inner: e}) {
			changed = true
		}
	}
	if len(call.Held) == 0 {
		return changed
	}
	anyOpen := false
	for k := range call.Held {
		h := &call.Held[k]
		if !c.open(h.Path) {
			continue
		}
		anyOpen = true
		t.all.each(func(a Atom) {
			key := c.atoms[a]
			if c.addOpen(n, &openEdge{held: h.Path, path: c.p.paths.Opaque(key.class), mode: key.mode, h: h, call: call, callee: j, atom: true}) {
				changed = true
			}
		})
	}
	for ; at.pairs < len(t.events); at.pairs++ {
		e := t.events[at.pairs]
		if e.holes != nil || e.fresh {
			continue
		}
		if class, final := c.class(e.path); final && !anyOpen && !c.holds(call.Held, class) {
			continue // nothing here to be open with, or a twin of
		}
		path := callee.Env.Subst(&c.p.paths, e.path).Path
		if path == nil {
			continue
		}
		open := c.open(path)
		for k := range call.Held {
			h := &call.Held[k]
			if h.Path != path && (open || c.open(h.Path) || c.twins(h.Path, path)) && c.addOpen(n, &openEdge{held: h.Path, path: path, mode: e.mode, h: h, call: call, callee: j, event: e}) {
				changed = true
			}
		}
	}
	return changed
}

// closed emits the edges that have risen to where both locks have a class, and
// those of twins that some callers know to be one, or in an order, and nobody
// knows it here.
func (l *Linked) closed(n *flow.Node) {
	for _, e := range l.c.sums[n.ID].open {
		if e.inner == nil || l.c.open(e.held) || l.c.open(e.path) {
			continue
		}
		if l.c.twins(e.held, e.path) && !(l.c.settled[e.origin(n)] && l.p.isRoot(n.Fn)) {
			continue
		}
		class, _ := l.c.class(e.path)
		h := &flow.Held{Path: e.held, Mode: e.h.Mode, Site: e.site(n)}
		l.edge(Witness{Node: n, Held: h, Class: class, Mode: e.mode, Call: e.call, Callee: e.callee, open: e, Path: e.path, Same: flow.SameLock(e.held, e.path)}, &gates{released: e.call.Holes})
	}
}

// A pair are two locks in the terms of a node.
type pair struct {
	node       *flow.Node
	held, path *lock.Path
}

// origin is the pair of which an edge of n has risen.
func (e *openEdge) origin(n *flow.Node) pair {
	for e.inner != nil {
		n, e = e.call.Callees[e.callee].Node, e.inner
	}
	return pair{n, e.held, e.path}
}

// started emits the edges that a node makes as a goroutine of its own, of
// locks that only who starts it can name.
func (l *Linked) started(n *flow.Node) {
	if !l.spawned[n.ID] {
		return
	}
	for _, e := range l.c.sums[n.ID].open {
		if !l.c.open(e.held) && !l.c.open(e.path) {
			continue
		}
		paths := []*lock.Path{e.held, e.path}
		var released []flow.Hole
		if e.acquire != nil {
			released = e.acquire.Holes
		} else {
			released = e.call.Holes
		}
		for _, s := range l.spawners[n.ID] {
			l.climbTo(s.node, s.callee, s.instr, true, paths, nil, func(ps []*lock.Path, _ []up) {
				class, _ := l.c.class(ps[1])
				h := &flow.Held{Path: ps[0], Mode: e.h.Mode, Site: e.site(n)}
				l.edge(Witness{Node: n, Held: h, Class: class, Mode: e.mode, Call: e.call, Callee: e.callee, Acquire: e.acquire, open: e, Path: ps[1]}, &gates{released: released})
			})
		}
	}
}

// site is where the held lock was taken, seen from the node it has risen to.
func (e *openEdge) site(n *flow.Node) *flow.Site {
	if e.inner == nil {
		return e.h.Site
	}
	c := &e.call.Callees[e.callee]
	return &flow.Site{Fn: n.Fn, Instr: e.call.Instr, Via: c.Via, Inner: e.inner.site(c.Node), Released: true}
}

// openChain is the chain from the node that e belongs to.
func (l *Linked) openChain(n *flow.Node, e *openEdge) []Step {
	if e.acquire != nil {
		return []Step{{Fn: n.Fn, Instr: e.acquire.Site.Instr}}
	}
	c := &e.call.Callees[e.callee]
	first := l.step(n.Fn, e.call, e.callee)
	if e.event != nil {
		return append([]Step{first}, l.eventChain(c.Node, e.event)...)
	}
	if e.atom {
		class, _ := l.c.class(e.path)
		return l.search(first, c.Node, l.c.atom(class, e.mode))
	}
	return append([]Step{first}, l.openChain(c.Node, e.inner)...)
}
