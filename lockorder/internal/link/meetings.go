package link

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// MayMeet reports whether a lock that e takes may be one that f holds.
func (l *Linked) MayMeet(e, f *Edge) bool {
	k := [2]EdgeKey{e.EdgeKey, f.EdgeKey}
	meet, asked := l.mayBeOne[k]
	if !asked {
		meet = l.mayMeet(e, f)
		if l.mayBeOne == nil {
			l.mayBeOne = make(map[[2]EdgeKey]bool)
		}
		l.mayBeOne[k] = meet
	}
	return meet
}

func (l *Linked) mayMeet(e, f *Edge) bool {
	m := l.heldBy(f)
	return m == nil || len(e.Witnesses) == 0 || e.Witnesses[0].Class != l.ClassOf(f.Witnesses[0].Held.Path) || l.eachUnder(e, func(u *under) bool {
		switch {
		case u.path != nil:
			return m.takes(u.node, u.path, u.at)
		case u.callee != nil:
			return m.reach(u.node, u.callee, u.at)
		}
		return true
	})
}

// heldBy returns who may take the locks that an edge holds; nil if that may be
// all who take one of the class.
func (l *Linked) heldBy(e *Edge) *meetings {
	if len(e.Witnesses) == 0 {
		return nil
	}
	m, asked := l.meetings[e.EdgeKey]
	if !asked {
		if held := l.holderUnder(e); !held.any() {
			m = l.meetingsOf(l.ClassOf(e.Witnesses[0].Held.Path), held)
		}
		if l.meetings == nil {
			l.meetings = make(map[EdgeKey]*meetings)
		}
		l.meetings[e.EdgeKey] = m
	}
	return m
}

// meetings are the nodes that come to take, of the locks of a class, one that
// may be of a holder: surely, or if what they name by a path is.
type meetings struct {
	l     *Linked
	held  holder
	sure  set // by ID
	named map[int][]*lock.Path
	queue []meeting
}

// A meeting is one of them; the path is nil if it is sure.
type meeting struct {
	node int
	path *lock.Path
}

// meetingsOf returns those of a class and a holder. Many edges hold the same:
// what was found out for one need not be looked for again.
func (l *Linked) meetingsOf(class string, held holder) *meetings {
	for _, m := range l.met[class] {
		if m.held.equal(held) {
			return m
		}
	}
	m := &meetings{l: l, held: held, named: make(map[int][]*lock.Path)}
	if l.met == nil {
		l.met = make(map[string][]*meetings)
	}
	l.met[class] = append(l.met[class], m)
	if l.taken == nil {
		l.indexTaken()
	}
	for _, mode := range []lock.Mode{lock.Exclusive, lock.Shared, lock.Wait} {
		a := l.c.atom(class, mode)
		for _, id := range l.takers[a] {
			n := l.p.order[id]
			for i := range n.Record.Acquires {
				if q := &n.Record.Acquires[i]; l.acquires(q, a) {
					m.add(n, q.Path, q.Site.Instr)
				}
			}
		}
		for _, p := range l.passes[a] {
			m.add(l.p.order[p.node], nil, nil)
		}
	}
	return m
}

// step looks at the callers of the next node; false if there is none.
func (m *meetings) step() bool {
	if len(m.queue) == 0 {
		return false
	}
	l, at := m.l, m.queue[0]
	m.queue = m.queue[1:]
	for _, c := range l.callers[at.node] {
		if at.path == nil {
			m.addSure(c.node)
		} else if !m.sure.has(Atom(at.node)) {
			m.add(l.p.order[c.node], c.call.Callees[c.callee].Env.Subst(&l.p.paths, at.path).Path, c.call.Instr)
		}
	}
	return true
}

// add adds a node, if what it takes may be of the holder.
func (m *meetings) add(n *flow.Node, path *lock.Path, at ssa.Instruction) {
	if m.sure.has(Atom(n.ID)) {
		return
	}
	if path != nil && !m.takes(n, path, at) {
		return
	}
	if named := m.named[n.ID]; path != nil && byCaller(path) && len(named) < maxNamed {
		for _, p := range named {
			if p == path {
				return
			}
		}
		m.named[n.ID] = append(named, path)
		m.queue = append(m.queue, meeting{n.ID, path})
	} else {
		m.addSure(n.ID)
	}
}

func (m *meetings) addSure(node int) {
	if m.sure.add(Atom(node)) {
		m.queue = append(m.queue, meeting{node, nil})
	}
}

// maxNamed bounds the paths of one node.
const maxNamed = 8

// byCaller reports whether only who calls knows in which object a lock is.
func byCaller(path *lock.Path) bool {
	for path = path.Whole().Base; path != nil && path.Kind == lock.Elem; {
		path = path.Base
	}
	return path != nil && (path.Kind == lock.Param || path.Kind == lock.Free)
}

// takes reports whether the lock that a node names by a path at an instruction
// may be one of them. The nil meetings may be any.
func (m *meetings) takes(n *flow.Node, path *lock.Path, at ssa.Instruction) bool {
	return m == nil || m.l.p.meetHolders(m.held, m.l.p.holderAt(n.Fn, path, at))
}

// reach reports whether the callee of a call in n comes to take one of them.
func (m *meetings) reach(n *flow.Node, callee *flow.Callee, at ssa.Instruction) bool {
	if m == nil {
		return true
	}
	for looked := 0; ; {
		if m.sure.has(Atom(callee.Node.ID)) {
			return true
		}
		for named := m.named[callee.Node.ID]; looked < len(named); looked++ {
			p := callee.Env.Subst(&m.l.p.paths, named[looked]).Path
			if p == nil || m.takes(n, p, at) {
				return true
			}
		}
		if !m.step() {
			return false
		}
	}
}
