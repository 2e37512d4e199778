package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// runDefers runs what the path has deferred, last first.
func (a *analysis) runDefers(s state) []state {
	defers := s.defers
	s.defers = nil
	states := []state{s}
	for i := len(defers) - 1; i >= 0; i-- {
		d := defers[i].(*ssa.Defer)
		var next []state
		for _, t := range states {
			next = append(next, a.again(a.call(t, d, d.Common(), "defer"), d)...)
		}
		states = next
		if len(states) > maxStates {
			all := states[0]
			for _, t := range states[1:] {
				all = join(all, t)
			}
			states = []state{all}
			a.rec.Joined = true
		}
	}
	return states
}

// again runs a deferred call of a loop as long as it releases something: it was
// deferred on each turn.
func (a *analysis) again(states []state, d *ssa.Defer) []state {
	if !a.inLoop(d.Block()) {
		return states
	}
	for i := range states {
		for len(states[i].held) > 0 {
			more := a.call(states[i], d, d.Common(), "defer")
			if len(more) != 1 || len(more[0].held) >= len(states[i].held) || len(more[0].holes) > len(states[i].holes) {
				break
			}
			states[i] = more[0]
		}
	}
	return states
}

// spawn records the start of a goroutine. A lock that the goroutine releases
// without having taken it is handed to it.
func (a *analysis) spawn(in *ssa.Go, s state) state {
	if m := a.modelOf(in.Common()); m != nil {
		for i := range m.Clauses {
			if c := &m.Clauses[i]; c.Verb == model.Releases {
				ops := operands{a: a, call: in, args: callArgs(in.Common())}
				s = a.handOver(s, ops.lock(c))
			}
		}
		return s
	}
	callees := a.callees(in)
	a.recordSpawn(in, callees)
	for i := range callees {
		c := &callees[i]
		for _, x := range a.host.Effect(c.Node).Exits {
			for _, h := range x.Holes {
				s = a.handOver(s, c.Env.Subst(a.host.Paths(), h.Path).Path)
			}
		}
	}
	return s
}

func (a *analysis) handOver(s state, p *lock.Path) state {
	if p == nil {
		return s
	}
	if i := s.findHeld(p); i >= 0 {
		return a.release(s, p, s.held[i].Mode)
	}
	return s
}

func (a *analysis) recordSpawn(in ssa.Instruction, callees []Callee) {
	k := recordKey{instr: in, state: "spawn"}
	if len(callees) == 0 || a.recorded[k] {
		return
	}
	a.recorded[k] = true
	a.rec.Spawns = append(a.rec.Spawns, Spawn{Instr: in, Callees: callees, InLoop: a.inLoop(in.Block())})
}
