package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// fresh reports whether p is a lock within an object that this activation, or
// its caller, allocated and that nothing before at has made known to another
// goroutine.
func (a *analysis) fresh(p *lock.Path, at ssa.Instruction) bool {
	obj := a.newObject(p)
	if obj == nil {
		return false
	}
	for _, e := range a.escapesOnce(obj) {
		if a.before(e, at, obj) {
			return false
		}
	}
	return true
}

// handsFresh reports whether p is such an object and a call is the first that
// may make it known: to its callee it is new still.
func (a *analysis) handsFresh(p *lock.Path, site ssa.CallInstruction) bool {
	if _, ok := site.(*ssa.Call); !ok {
		return false
	}
	obj := a.newObject(p)
	if obj == nil {
		return false
	}
	for _, e := range a.escapesOnce(obj) {
		if e != ssa.Instruction(site) && a.before(e, site, obj) {
			return false
		}
	}
	return true
}

// newObject returns the allocation, the call of who allocates it, or the
// parameter, that the lock or object p is a part of; nil if that is not new,
// or p is reached through a pointer to something else.
func (a *analysis) newObject(p *lock.Path) ssa.Value {
	var obj ssa.Value
	switch root := p.Root(); root.Kind {
	case lock.Local:
		v, ok := root.Key.(ssa.Value)
		if !ok || v.Parent() != a.fn || !a.makes(v) {
			return nil
		}
		obj = v
	case lock.Param:
		if !a.ctx[root.Index].New {
			return nil
		}
		obj = a.fn.Params[root.Index]
	default:
		return nil
	}
	for q := p.Base; q != nil && q.Base != nil; q = q.Base {
		if q.Kind == lock.Field && refers(q.Obj.Type()) && !a.madeHere(q, obj) {
			return nil
		}
	}
	return obj
}

// makes reports whether a value is an allocation, or a call of who allocates.
func (a *analysis) makes(v ssa.Value) bool {
	if _, ok := v.(*ssa.Alloc); ok {
		return true
	}
	call, i := CallOf(v)
	if call == nil {
		return false
	}
	f := call.Call.StaticCallee()
	return f != nil && a.host.ReturnsNew(f, i)
}

// refers reports whether a value of the type is a way to another object.
func refers(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return true
	}
	return false
}

// madeHere reports whether all that is stored to a pointer field of obj here
// was made here too.
func (a *analysis) madeHere(field *lock.Path, obj ssa.Value) bool {
	if field.Base == nil || field.Base.Base != nil || obj.Referrers() == nil {
		return false
	}
	stored := false
	for _, r := range *obj.Referrers() {
		addr, ok := r.(*ssa.FieldAddr)
		if !ok || a.path(addr) != field {
			continue
		}
		for _, r := range *addr.Referrers() {
			if st, ok := r.(*ssa.Store); ok {
				if _, ok := st.Val.(*ssa.Alloc); !ok {
					return false
				}
				stored = true
			}
		}
	}
	return stored
}

// before reports whether e may execute before at, for the same instance of
// the object.
func (a *analysis) before(e, at ssa.Instruction, obj ssa.Value) bool {
	b, c := e.Block(), at.Block()
	if b == c {
		for _, in := range b.Instrs {
			if in == e {
				return true
			}
			if in == at {
				break
			}
		}
	}
	if !a.reaches(b, c) {
		return false
	}
	made, ok := obj.(ssa.Instruction)
	return !ok || a.reachesWithout(b, c, made.Block())
}

// reachesWithout reports whether a path leads from b to c that does not pass
// the block in which the object is made anew.
func (a *analysis) reachesWithout(b, c, without *ssa.BasicBlock) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	work := append([]*ssa.BasicBlock(nil), b.Succs...)
	for len(work) > 0 {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[x] || x == without {
			continue
		}
		if x == c {
			return true
		}
		seen[x] = true
		work = append(work, x.Succs...)
	}
	return false
}

func (a *analysis) escapesOnce(obj ssa.Value) []ssa.Instruction {
	esc, ok := a.escapes[obj]
	if !ok {
		esc = a.escapesOf(obj)
		a.escapes[obj] = esc
	}
	return esc
}

// escapesOf returns the instructions that make an object known outside.
func (a *analysis) escapesOf(obj ssa.Value) []ssa.Instruction {
	var out []ssa.Instruction
	seen := make(map[ssa.Value]bool)
	var follow func(v ssa.Value)
	follow = func(v ssa.Value) {
		if seen[v] || v.Referrers() == nil {
			return
		}
		seen[v] = true
		for _, r := range *v.Referrers() {
			switch r := r.(type) {
			case *ssa.FieldAddr:
				follow(r)
			case *ssa.IndexAddr:
				follow(r)
			case *ssa.Phi:
				follow(r)
			case *ssa.ChangeType:
				follow(r)
			case *ssa.MakeInterface:
				follow(r)
			case *ssa.ChangeInterface:
				follow(r)
			case *ssa.UnOp, *ssa.DebugRef, *ssa.BinOp, *ssa.Return:
			case *ssa.Store:
				if r.Val != v {
					continue
				}
				if cell, ok := r.Addr.(*ssa.Alloc); ok {
					follow(cell)
					a.followLoads(cell, follow)
					continue
				}
				out = append(out, r)
			case ssa.CallInstruction:
				if a.leaksTo(r, v) {
					out = append(out, r)
				}
			default: // captured, sent, put into a map
				out = append(out, r)
			}
		}
	}
	follow(obj)
	return out
}

func (a *analysis) followLoads(cell *ssa.Alloc, follow func(ssa.Value)) {
	for _, r := range *cell.Referrers() {
		if u, ok := r.(*ssa.UnOp); ok {
			follow(u)
		}
	}
}

// leaksTo reports whether a call makes v known to others than its callee.
func (a *analysis) leaksTo(site ssa.CallInstruction, v ssa.Value) bool {
	if _, ok := site.(*ssa.Go); ok {
		return true
	}
	c := site.Common()
	if m := a.modelOf(c); m != nil {
		for i, arg := range callArgs(c) {
			if arg == v && m.Stores(i) {
				return true
			}
		}
		return false
	}
	fn := c.StaticCallee()
	if fn == nil {
		return true
	}
	for i, arg := range c.Args {
		if arg == v && a.host.Leaks(fn, i) {
			return true
		}
	}
	return false
}
