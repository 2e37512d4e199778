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
		if !a.roomy(in.Chan, in) {
			a.wait(a.keeping(s, in.X), p, lock.Send, in)
		}
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
				a.wait(a.keeping(s, c.Send), a.path(c.Chan), selectMode(c), in)
			}
		}
	}
}

// roomy reports whether a send is the first into the buffer of a channel that
// was made for an object which nobody else knows yet.
func (a *analysis) roomy(ch ssa.Value, send ssa.Instruction) bool {
	load, ok := ch.(*ssa.UnOp)
	if !ok {
		return false
	}
	field, ok := load.X.(*ssa.FieldAddr)
	if !ok || a.inLoop(send.Block()) || !a.fresh(a.path(field), send) {
		return false
	}
	made, ok := field.X.(*ssa.Alloc)
	if !ok {
		return false
	}
	room, sends := int64(0), int64(0)
	for _, r := range *made.Referrers() {
		fa, ok := r.(*ssa.FieldAddr)
		if !ok || fa.Field != field.Field {
			continue
		}
		for _, r := range *fa.Referrers() {
			switch r := r.(type) {
			case *ssa.Store:
				mk, ok := r.Val.(*ssa.MakeChan)
				if !ok || room != 0 {
					return false
				}
				if size, ok := mk.Size.(*ssa.Const); ok {
					room = size.Int64()
				}
			case *ssa.UnOp:
				sends += a.sendsBefore(r, send)
			}
		}
	}
	return sends <= room
}

// sendsBefore counts the sends to a channel that may come before one, and that.
func (a *analysis) sendsBefore(ch ssa.Value, send ssa.Instruction) int64 {
	n := int64(0)
	for _, u := range *ch.Referrers() {
		if s, ok := u.(*ssa.Send); ok && (s == send || dominates(s, send) || a.reaches(s.Block(), send.Block())) {
			n++
		}
	}
	return n
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
