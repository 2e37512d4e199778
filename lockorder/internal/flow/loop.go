package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// leaveLoop drops, on the way out of a loop that releases locks one by one,
// those of the loop's classes that are still held under no exact path: a loop
// that locks all of a collection is followed by one that unlocks all of it,
// and the way that skips the second would keep what the first took.
func (a *analysis) leaveLoop(b, from *ssa.BasicBlock, s state) state {
	if len(s.held) == 0 || !from.Dominates(b) || !a.inLoop(from) || a.reaches(b, from) {
		return s
	}
	classes := a.loopReleases(from)
	if len(classes) == 0 {
		return s
	}
	for i := len(s.held) - 1; i >= 0; i-- {
		p := s.held[i].Path
		if p.Exact() && !p.Keyed() {
			continue
		}
		if class, _ := a.host.Names().Class(unranked(p)); classes[class] {
			s = s.dropHeld(i)
		}
	}
	return s
}

// loopReleases returns the classes of the locks that the loop around b
// releases.
func (a *analysis) loopReleases(b *ssa.BasicBlock) map[string]bool {
	if c, ok := a.released[b]; ok {
		return c
	}
	classes := make(map[string]bool)
	for _, x := range a.fn.Blocks {
		if x != b && (!a.reaches(x, b) || !a.reaches(b, x)) {
			continue
		}
		for _, in := range x.Instrs {
			call, ok := in.(*ssa.Call)
			if !ok {
				continue
			}
			a.releases(call, classes)
		}
	}
	if a.released == nil {
		a.released = make(map[*ssa.BasicBlock]map[string]bool)
	}
	a.released[b] = classes
	return classes
}

// releases adds the classes that one call releases.
func (a *analysis) releases(call *ssa.Call, classes map[string]bool) {
	if m := a.modelOf(call.Common()); m != nil {
		ops := operands{a: a, call: call, args: callArgs(call.Common())}
		for i := range m.Clauses {
			if c := &m.Clauses[i]; c.Verb == model.Releases {
				if p := ops.lock(c); p != nil {
					class, _ := a.host.Names().Class(p)
					classes[class] = true
				}
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
				if p := c.Env.Subst(a.host.Paths(), h.Path).Path; p != nil {
					class, _ := a.host.Names().Class(p)
					classes[class] = true
				}
			}
		}
	}
}
