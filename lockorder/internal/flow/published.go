package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// behind reports whether p is a lock within an object made here that others can
// find only in what a lock guards that is held exclusively since the object was
// put there: nobody who has p is kept waiting, and nobody has it.
//
//	s.mu.Lock()
//	s.conns[id] = c
//	c.mu.Lock()
//	s.mu.Unlock()
func (a *analysis) behind(s *state, p *lock.Path, at ssa.Instruction) bool {
	if len(s.held) == 0 {
		return false
	}
	obj := a.newObject(p)
	if obj == nil {
		return false
	}
	for _, e := range a.escapesOnce(obj) {
		if a.before(e, at, obj) && !a.hidden(s, e, at, obj) {
			return false
		}
	}
	return true
}

// hidden reports whether an instruction makes an object known only to those who
// take a lock that is held since before, and to functions in view that do not
// keep it.
func (a *analysis) hidden(s *state, e, at ssa.Instruction, obj ssa.Value) bool {
	if call, ok := e.(*ssa.Call); ok && call.Call.IsInvoke() {
		return !a.host.Kept(call)
	}
	into := a.putInto(e)
	for _, p := range into {
		if !a.keptBehind(s, p, e, at, obj) {
			return false
		}
	}
	return len(into) > 0
}

// putInto returns what an instruction puts an object into: a field, or a map or
// slice; nil if that is not known.
func (a *analysis) putInto(in ssa.Instruction) []*lock.Path {
	switch in := in.(type) {
	case *ssa.MapUpdate:
		return []*lock.Path{a.path(in.Map)}
	case *ssa.Store:
		if at, ok := in.Addr.(*ssa.IndexAddr); ok {
			if list, ok := at.X.(*ssa.Alloc); ok {
				return a.appendedTo(list)
			}
		}
		return []*lock.Path{a.path(in.Addr)}
	}
	return nil
}

// appendedTo returns where the slices are put to which the elements of an array are
// appended, if nothing else is done with it.
func (a *analysis) appendedTo(array *ssa.Alloc) []*lock.Path {
	var into []*lock.Path
	for _, r := range *array.Referrers() {
		if _, ok := r.(*ssa.IndexAddr); ok {
			continue
		}
		list, ok := r.(*ssa.Slice)
		if !ok {
			return nil
		}
		for _, r := range *list.Referrers() {
			put := a.appendTo(r)
			if put == nil {
				return nil
			}
			into = append(into, put...)
		}
	}
	return into
}

// appendTo returns where the result of append is put, if an instruction is a call of
// that and nothing else is done with the result; else nil.
func (a *analysis) appendTo(in ssa.Instruction) []*lock.Path {
	call, ok := in.(*ssa.Call)
	if !ok || !IsBuiltin(call, "append") {
		return nil
	}
	into := []*lock.Path{} // of a result that nobody uses: nowhere
	for _, r := range *call.Referrers() {
		switch r := r.(type) {
		case *ssa.MapUpdate:
			into = append(into, a.path(r.Map))
		case *ssa.Store:
			into = append(into, a.path(r.Addr))
		default:
			return nil
		}
	}
	return into
}

// keptBehind reports whether a lock that is held exclusively, and was before an object
// was put into what p names, is of the object that p is a part of, and no lock has
// been released meanwhile: in a program without data races nobody can come to what
// p names yet.
func (a *analysis) keptBehind(s *state, p *lock.Path, put, at ssa.Instruction, obj ssa.Value) bool {
	for i := range s.held {
		h := &s.held[i]
		if h.Mode == lock.Exclusive && h.Site.Fn == a.fn && partOf(p, h.Path) && dominates(h.Site.Instr, put) &&
			!a.before(put, h.Site.Instr, obj) && !a.releasesBetween(put, at, obj) {
			return true
		}
	}
	return false
}

// partOf reports whether p names a part, or elements of a part, of the object
// that a lock is in.
func partOf(p, mu *lock.Path) bool {
	for p.Kind == lock.Elem {
		p = p.Base
	}
	owner := mu
	if mu.Kind == lock.Field {
		owner = mu.Base
	}
	if owner.Kind == lock.Global {
		return false // which of a package's variables a lock guards, nothing tells
	}
	for last := true; p.Kind == lock.Field; p = p.Base {
		if p.Base == owner || p.Base == mu {
			return last || !refers(p.Obj.Type())
		}
		if !last && refers(p.Obj.Type()) {
			return false
		}
		last = false
	}
	return false
}

// releasesBetween reports whether a lock may be released after an object was put
// somewhere and before at.
func (a *analysis) releasesBetween(put, at ssa.Instruction, obj ssa.Value) bool {
	for _, b := range a.fn.Blocks {
		for _, in := range b.Instrs {
			call, ok := in.(*ssa.Call)
			if !ok || in == at {
				continue
			}
			if m := a.modelOf(call.Common()); m != nil && m.Does(model.Releases) && a.before(put, in, obj) && a.before(in, at, obj) {
				return true
			}
		}
	}
	return false
}
