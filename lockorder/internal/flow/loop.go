package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// leaveLoop drops, on the way out of a loop that releases locks one by one,
// those of the loop's classes that are still held under no exact path: a loop
// that locks all of a collection is followed by one that unlocks all of it,
// and the way that skips the second would keep what the first took. What the
// loop has itself taken, and not released, is kept: a turn of it forgot.
func (a *analysis) leaveLoop(b, from *ssa.BasicBlock, s state) state {
	if len(s.held) == 0 || !from.Dominates(b) || !a.inLoop(from) || a.reaches(b, from) {
		return s
	}
	s = a.allTaken(from, s)
	classes := a.loopReleases(from)
	if len(classes) == 0 {
		return s
	}
	for i := len(s.held) - 1; i >= 0; i-- {
		p := s.held[i].Path
		if p.Exact() && !p.Keyed() || a.sameLoop(s.held[i].Site.Instr.Block(), from) {
			continue
		}
		if class, _ := a.host.Names().Class(unranked(p)); classes[class] {
			s = s.dropHeld(i)
		}
	}
	return s
}

// sameLoop reports whether two blocks of the function are of one loop, or the
// same.
func (a *analysis) sameLoop(x, b *ssa.BasicBlock) bool {
	return x == b || x.Parent() == a.fn && a.reaches(x, b) && a.reaches(b, x)
}

// loopReleases returns the classes of the locks that the loop around b
// releases, and does not take: what a loop takes and gives back each turn, it
// may well keep when it is left.
func (a *analysis) loopReleases(b *ssa.BasicBlock) map[string]bool {
	if c, ok := a.released[b]; ok {
		return c
	}
	classes, taken := make(map[string]bool), make(map[string]bool)
	for _, x := range a.fn.Blocks {
		if !a.sameLoop(x, b) {
			continue
		}
		for _, in := range x.Instrs {
			call, ok := in.(*ssa.Call)
			if !ok {
				continue
			}
			a.operates(call, classes, taken)
		}
	}
	for class := range taken {
		delete(classes, class)
	}
	if a.released == nil {
		a.released = make(map[*ssa.BasicBlock]map[string]bool)
	}
	a.released[b] = classes
	return classes
}

// operates adds the classes that one call releases, and those that it takes.
func (a *analysis) operates(call *ssa.Call, released, taken map[string]bool) {
	add := func(to map[string]bool, p *lock.Path) {
		if p != nil {
			class, _ := a.host.Names().Class(unranked(p))
			to[class] = true
		}
	}
	if m := a.modelOf(call.Common()); m != nil {
		ops := operands{a: a, call: call, args: callArgs(call.Common())}
		for i := range m.Clauses {
			switch c := &m.Clauses[i]; c.Verb {
			case model.Releases:
				add(released, ops.lock(c))
			case model.Acquires:
				add(taken, ops.lock(c))
			}
		}
		return
	}
	if call.Call.StaticCallee() == nil {
		return
	}
	for _, c := range a.callees(call) {
		for _, x := range a.host.Effect(c.Node).Exits {
			for _, h := range x.Holes {
				add(released, c.Env.Subst(a.host.Paths(), h.Path).Path)
			}
			for _, h := range x.Held {
				add(taken, c.Env.Subst(a.host.Paths(), h.Path).Path)
			}
		}
	}
}
