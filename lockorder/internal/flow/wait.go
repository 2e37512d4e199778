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

// channel records the channel operations of an instruction. A send on a
// channel that has a buffer is taken to find room. A select waits only if it
// has one case and no default: of several, another may go.
func (a *analysis) channel(s state, in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.Send:
		p := a.path(in.Chan)
		a.signal(s, p, lock.Send, in, nil)
		if !a.host.Buffered(p) {
			a.wait(s, p, lock.Send, in)
		}
	case *ssa.UnOp:
		if in.Op == token.ARROW {
			p := a.path(in.X)
			a.signal(s, p, lock.Receive, in, nil)
			a.wait(s, p, lock.Receive, in)
		}
	case *ssa.Select:
		for _, c := range in.States {
			p, mode := a.path(c.Chan), lock.Receive
			if c.Dir == types.SendOnly {
				mode = lock.Send
			}
			a.signal(s, p, mode, in, nil)
			if in.Blocking && len(in.States) == 1 && !(mode == lock.Send && a.host.Buffered(p)) {
				a.wait(s, p, mode, in)
			}
		}
	}
}
