package flow

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// enter brings a state to a block: through its phis, then to the states that
// are there.
func (a *analysis) enter(b, from *ssa.BasicBlock, s state) {
	if a.plain {
		s.facts = nil
		if len(s.held)+len(s.holes)+len(s.defers) > 0 {
			a.interesting = true
		}
	}
	if a.dying != nil && a.dying[b.Index] {
		return
	}
	if from != nil {
		s = a.leaveLoop(b, from, s)
		s = a.phis(b, from, s)
	}
	bs := &a.blocks[b.Index]
	if bs.joined != nil || len(bs.states) >= maxStates || a.steps > maxSteps {
		a.enterJoined(b, s)
		return
	}
	turn := a.counterKey(&s)
	for i := range bs.states {
		p := &bs.states[i]
		if p.turn != turn || !p.state.same(&s) {
			continue
		}
		if met := meet(p.state.facts, s.facts); len(met) < len(p.state.facts) {
			p.state.facts = met
			p.dirty = true
			a.await(b.Index)
		}
		return
	}
	bs.states = append(bs.states, pending{state: s, turn: turn, dirty: true})
	a.await(b.Index)
}

// counterKey keeps apart the turns of a loop that is unrolled.
func (a *analysis) counterKey(s *state) string {
	if len(a.counters) == 0 {
		return ""
	}
	k := ""
	for _, f := range s.facts {
		if f.is && f.on.v != nil && a.counters[f.on.v] {
			k += "\xffc" + f.on.v.Name() + "=" + f.val
		}
	}
	return k
}

func (a *analysis) enterJoined(b *ssa.BasicBlock, s state) {
	a.rec.Joined = true
	bs := &a.blocks[b.Index]
	if bs.joined == nil {
		bs.joined = &pending{state: s, dirty: true}
		for i := range bs.states {
			bs.joined.state = join(bs.joined.state, bs.states[i].state)
		}
		bs.joined.state.facts = nil
		a.await(b.Index)
		return
	}
	before := bs.joined.state
	bs.joined.state = join(before, s)
	if !bs.joined.state.same(&before) {
		bs.joined.dirty = true
		a.await(b.Index)
	}
}

// phis assigns the phis of b on the edge from a predecessor: what is known of
// the value that comes in becomes known of the phi, and a lock held under it
// is held under the phi.
func (a *analysis) phis(b, from *ssa.BasicBlock, s state) state {
	if _, ok := b.Instrs[0].(*ssa.Phi); !ok {
		return s
	}
	edge := -1
	for i, p := range b.Preds {
		if p == from {
			edge = i
		}
	}
	old := s.facts
	for _, in := range b.Instrs {
		phi, ok := in.(*ssa.Phi)
		if !ok {
			break
		}
		in := phi.Edges[edge]
		if in == ssa.Value(phi) {
			continue
		}
		s = a.redefine(s, phi, in)
		on := subject{v: phi}
		if c := a.eval(in).constText(); c != "" {
			s.facts = learn(s.facts, fact{on: on, val: c, is: true})
		} else if c := a.constAt(&state{facts: old}, in); c != nil && c.Kind() == constant.Int {
			s.facts = learn(s.facts, fact{on: on, val: c.ExactString(), is: true})
		} else if from := a.subjectOf(in); from != on {
			for _, f := range old {
				if f.on == from {
					s.facts = learn(s.facts, fact{on: on, val: f.val, is: f.is})
				}
			}
		}
	}
	return s
}

// redefine makes room for a new value of v. Facts about the old one go, those
// under which a lock was taken too. Locks held under the old one are held still, but under no known path, unless
// they are held under the value in that v becomes.
func (a *analysis) redefine(s state, v, in ssa.Value) state {
	old := func(on subject) bool {
		return on.v == v || on.path != nil && on.path.Mentions(v)
	}
	if len(s.facts) > 0 {
		s.facts = forget(s.facts, old)
	}
	for i := len(s.held) - 1; i >= 0; i-- {
		h := s.held[i]
		if g := forget(h.guards, old); len(g) < len(h.guards) {
			s.held = append([]Held(nil), s.held...)
			s.held[i].guards = g
		}
		var p *lock.Path
		if in != nil {
			if q := a.path(in); q.Keyed() && h.Path != q && h.Path.HasPrefix(q) {
				p = a.replacePrefix(h.Path, q, a.path(v))
			}
		}
		if p == nil && h.Path.Mentions(v) {
			if p = a.past(&h, v); p == nil {
				p = a.someInstance(h.Path)
			}
		}
		if p == nil {
			continue
		}
		if !p.Exact() && s.keeps(p, h.Site, i) {
			s = s.dropHeld(i)
			continue
		}
		held := append([]Held(nil), s.held...)
		held[i].Path = p
		s.held = held
	}
	return s
}

// keeps reports whether, besides the entry at skip, an unknown instance p
// that the same instruction took is held: one stands for all that the turns
// of a loop have left.
func (s *state) keeps(p *lock.Path, site *Site, skip int) bool {
	for i, h := range s.held {
		if i != skip && h.Path == p && h.Site.Instr == site.Instr {
			return true
		}
	}
	return false
}

// someInstance is an unknown instance of p's class; where a model gives the
// lock a class of its own, still of the lock's own class below.
func (a *analysis) someInstance(p *lock.Path) *lock.Path {
	if p.Kind == lock.Rank {
		return a.host.Paths().Rank(a.someInstance(p.Base), p.Name)
	}
	class, _ := a.host.Names().Class(p)
	return a.host.Paths().Opaque(class)
}

func (a *analysis) replacePrefix(p, old, new *lock.Path) *lock.Path {
	if p == old {
		return new
	}
	if p.Base == nil {
		return nil
	}
	base := a.replacePrefix(p.Base, old, new)
	if base == nil {
		return nil
	}
	paths := a.host.Paths()
	switch p.Kind {
	case lock.Field:
		return paths.Field(base, p.Obj.(*types.Var), p.Name)
	case lock.Elem:
		return paths.Elem(base, p.Key)
	case lock.View:
		return paths.View(base)
	case lock.Pseudo:
		return paths.Pseudo(base, p.Name)
	case lock.Rank:
		return paths.Rank(base, p.Name)
	}
	return nil
}
