package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// wait records a wait for something that is not a lock.
func (a *analysis) wait(s state, p *lock.Path, mode lock.Mode, site ssa.Instruction) {
	if p != nil {
		a.take(s, p, &model.Clause{Mode: mode}, site)
	}
}

// signal records what ends such a wait.
func (a *analysis) signal(s state, p *lock.Path, mode lock.Mode, site ssa.Instruction, end *Node) {
	k := recordKey{instr: site, path: p, state: "signal"}
	if p == nil || a.recorded[k] {
		return
	}
	a.recorded[k] = true
	a.rec.Signals = append(a.rec.Signals, Signal{Path: p, Mode: mode, Instr: site, Held: s.held, End: end})
}

// channel records the channel operations of an instruction. A select waits
// if it has no default; with several cases, each is one that may end it.
func (a *analysis) channel(s state, in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.Send:
		p := a.path(in.Chan)
		a.signal(s, p, lock.Send, in, nil)
		a.wait(s, p, lock.Send, in)
	case *ssa.UnOp:
		if in.Op == token.ARROW {
			p := a.path(in.X)
			a.signal(s, p, lock.Receive, in, nil)
			a.wait(s, p, lock.Receive, in)
		}
	case *ssa.Select:
		waits := in.Blocking
		for _, c := range in.States {
			p := a.path(c.Chan)
			a.signal(s, p, selectMode(c), in, nil)
			waits = waits && (len(in.States) == 1 || !unknown(p))
		}
		for _, c := range in.States {
			if waits {
				a.wait(s, a.path(c.Chan), selectMode(c), in)
			}
		}
	}
}

func selectMode(c *ssa.SelectState) lock.Mode {
	if c.Dir == types.SendOnly {
		return lock.Send
	}
	return lock.Receive
}

// unknown reports whether a channel is what some call has returned, such as
// a context's Done or a timer's: who ends the wait for it is not in view.
func unknown(p *lock.Path) bool {
	if p.Kind == lock.Field && p.Obj.Pkg() != nil && p.Obj.Pkg().Path() == "time" {
		return true
	}
	switch p.Root().Key.(type) {
	case *ssa.Call, *ssa.Extract:
		return p.Root() == p
	}
	return false
}
