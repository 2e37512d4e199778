package flow

import (
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// recordCall notes a call. A site may make several: by the clauses of a model,
// or where the state decides what is called.
func (a *analysis) recordCall(s state, site ssa.Instruction, callees []Callee) {
	k := recordKey{instr: site, state: heldKey(s)}
	if len(callees) == 1 {
		k.to = callees[0].Node.ID + 1
	} else {
		for i := range callees {
			k.state += " " + strconv.Itoa(callees[i].Node.ID)
		}
	}
	if a.recorded[k] {
		return
	}
	a.recorded[k] = true
	a.calls = append(a.calls, Call{Instr: site, Callees: callees, Held: s.held, Holes: s.notHeld()})
}

func heldKey(s state) string {
	s.defers = nil
	return s.key()
}

// acquire takes a lock.
func (a *analysis) acquire(s state, p *lock.Path, mode lock.Mode, site ssa.Instruction) state {
	return a.take(s, p, &model.Clause{Mode: mode}, site)
}

// take does what an acquiring clause of a model says.
func (a *analysis) take(s state, p *lock.Path, c *model.Clause, site ssa.Instruction) state {
	mode, try := c.Mode, c.Try
	if p.Kind == lock.View {
		p, mode = p.Base, lock.Shared
	}
	at := &Site{Fn: a.fn, Instr: site}
	fresh := !mode.Signals() && a.fresh(p, site)
	k := recordKey{instr: site, path: p, state: heldKey(s)}
	if !a.recorded[k] {
		a.recorded[k] = true
		free := fresh || !mode.Signals() && a.behind(&s, p, site)
		a.rec.Acquires = append(a.rec.Acquires, Acquire{Path: p, Mode: mode, Try: try, Nested: c.Reentrant, Fresh: free, Site: at, Held: s.held, Holes: s.notHeld()})
	}
	if mode >= lock.Wait {
		return s
	}
	if i := s.findHole(p); i >= 0 {
		return s.dropHole(i)
	}
	if i := s.findHeld(p); i >= 0 && (mode == lock.Exclusive || s.held[i].Mode == lock.Exclusive || s.count(p) > 1) {
		return s.takeAgain(i)
	}
	h := Held{Path: p, Mode: mode, Site: at, Fresh: fresh, Try: try, guards: s.facts}
	if len(s.held) == 0 { // who waited for the lock may find the world changed
		s.facts = a.forgetMemory(s.facts)
	}
	a.takes(p, site)
	return s.hold(h)
}

func (s *state) count(p *lock.Path) int {
	n := 0
	for _, h := range s.held {
		if h.Path == p {
			n++
		}
	}
	return n
}
