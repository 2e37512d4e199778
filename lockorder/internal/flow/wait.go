package flow

import (
	"go/token"
	"go/types"
	"strings"

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

// signal records what ends such a wait. It returns the record if it is new.
func (a *analysis) signal(s state, p *lock.Path, mode lock.Mode, site ssa.Instruction, end *Node) *Signal {
	k := recordKey{instr: site, path: p, state: "signal"}
	if p == nil || a.recorded[k] {
		return nil
	}
	a.recorded[k] = true
	a.rec.Signals = append(a.rec.Signals, Signal{Path: p, Mode: mode, Instr: site, Held: s.held, End: end})
	return &a.rec.Signals[len(a.rec.Signals)-1]
}

// channel records the channel operations of an instruction. A select waits
// if it has no default; with several cases, each is one that may end it.
func (a *analysis) channel(s state, in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.Send:
		p := a.path(in.Chan)
		a.signal(s, p, lock.Send, in, nil)
		if !a.roomy(in.Chan, in) && !a.foundEmpty(&s, in.Chan, p) {
			a.wait(a.keeping(s, in.X), p, lock.Send, in)
		}
	case *ssa.UnOp:
		if in.Op == token.ARROW {
			p := a.path(in.X)
			a.signal(s, p, lock.Receive, in, nil)
			if !a.waiting(in) {
				a.wait(s, p, lock.Receive, in)
			}
		}
	case *ssa.Select:
		waits := in.Blocking && !a.bothWays(in)
		for i, c := range in.States {
			p := a.path(c.Chan)
			if q := a.signal(s, p, selectMode(c), in, nil); q != nil {
				q.Once = a.once(in, i)
			}
			waits = waits && (len(in.States) == 1 || !unknown(p) || cancelled(c))
		}
		for _, c := range in.States {
			if waits && (len(in.States) == 1 || !cancelled(c)) {
				a.wait(a.keeping(s, c.Send), a.path(c.Chan), selectMode(c), in)
			}
		}
	}
}

// once reports whether a case of a select is for a channel that this call has
// made or has got from another, and does not lead back to the select.
func (a *analysis) once(sel *ssa.Select, i int) bool {
	p := a.path(sel.States[i].Chan)
	if p == nil || p.Root().Kind != lock.Local {
		return false
	}
	switch p.Root().Key.(type) {
	case *ssa.Call, *ssa.Extract, *ssa.MakeChan:
	default:
		return false
	}
	test := CaseTest(sel, i)
	if test == nil {
		return false
	}
	chosen := test.Block().Succs[0]
	return chosen != sel.Block() && !a.reaches(chosen, sel.Block())
}

// CaseTest returns the test of whether a select has chosen its i'th case; nil if
// there is none, since nothing depends on it.
func CaseTest(sel *ssa.Select, i int) *ssa.If {
	for _, r := range *sel.Referrers() {
		index, ok := r.(*ssa.Extract)
		if !ok || index.Index != 0 {
			continue
		}
		for _, r := range *index.Referrers() {
			eq, ok := r.(*ssa.BinOp)
			if !ok || eq.Op != token.EQL || !isInt(eq.Y, int64(i)) {
				continue
			}
			for _, r := range *eq.Referrers() {
				if test, ok := r.(*ssa.If); ok {
					return test
				}
			}
		}
	}
	return nil
}

// bothWays reports whether a select sends to a channel and receives from it: a
// buffer has room, or a value, so that one of the two goes on.
func (a *analysis) bothWays(sel *ssa.Select) bool {
	for _, c := range sel.States {
		for _, d := range sel.States {
			if c.Dir == types.SendOnly && d.Dir == types.RecvOnly && a.path(c.Chan) == a.path(d.Chan) {
				return true
			}
		}
	}
	return false
}

// waiting reports whether values wait in the buffer of the channel that is
// received from: it comes after a test of its length.
func (a *analysis) waiting(recv *ssa.UnOp) bool {
	for b := recv.Block(); b.Idom() != nil; b = b.Idom() {
		d := b.Idom()
		test, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
		if !ok || d.Succs[0] != b || len(b.Preds) != 1 {
			continue
		}
		cond, ok := test.Cond.(*ssa.BinOp)
		if !ok || cond.Op != token.GTR && cond.Op != token.NEQ {
			continue
		}
		if a.measures(cond.X, "len", a.path(recv.X)) {
			return true
		}
	}
	return false
}

// keeping is the state without the locks of what is sent: who receives asks
// for them once he has it, so that nobody who could end the wait needs them.
// One that has gone through a map or a loop is known by its type.
func (a *analysis) keeping(s state, sent ssa.Value) state {
	if sent == nil || len(s.held) == 0 {
		return s
	}
	p := a.path(sent)
	for i := len(s.held) - 1; i >= 0; i-- {
		h := s.held[i].Path
		if h != p && h.HasPrefix(p) || !h.Exact() && a.lockOf(h, sent.Type()) {
			s = s.dropHeld(i)
		}
	}
	return s
}

// lockOf reports whether a lock belongs to an object of type t, or of what t
// points to.
func (a *analysis) lockOf(p *lock.Path, t types.Type) bool {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return false
	}
	class, _ := a.host.Names().Class(p)
	return strings.HasPrefix(class, n.Obj().Pkg().Path()+"."+n.Obj().Name()+".")
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
