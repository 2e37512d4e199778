package link

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// relevance says what of an argument makes a difference to the callee.
type relevance struct {
	decides bool // its value: a function called or handed on, what is compared with a constant
	locked  bool // whether the object is new: it has locks
	// dispatches: its dynamic type decides which method is called
	dispatches bool
	// nils: of an interface, whether it is nil decides a branch, here or in who
	// it is handed on to
	nils bool
	// hooks: whether these function fields of it are set
	hooks []*types.Var
}

func (r relevance) any() bool {
	return r.decides || r.locked || r.dispatches || r.nils || len(r.hooks) > 0
}

// relevantSlots returns the parameters and free variables of f that make a
// difference to what f does.
func (p *Program) relevantSlots(f *ssa.Function) map[int]relevance {
	if r, ok := p.relevant[f]; ok {
		return r
	}
	if ff := p.farOf(f); ff != nil {
		return ff.slots
	}
	p.relevant[f] = nil // recursion: nothing yet
	var rel map[int]relevance
	mark := func(i int, v ssa.Value) {
		r := relevance{
			decides: p.decides(v, 0), locked: i < len(f.Params) && hasLock(v.Type()), nils: p.nils(v, 0),
			dispatches: i < len(f.Params) && types.IsInterface(v.Type()) && p.dispatches(v, 0),
		}
		if i < len(f.Params) {
			r.hooks = p.hooksOf(v, 0)
		}
		if r.any() {
			if rel == nil {
				rel = make(map[int]relevance)
			}
			rel[i] = r
		}
	}
	if p.touches == nil || p.touches[f] {
		for i, v := range f.Params {
			mark(i, v)
		}
		for i, v := range f.FreeVars {
			mark(len(f.Params)+i, v)
		}
	}
	p.relevant[f] = rel
	return rel
}

// dispatches reports whether a method of the interface value v is called that
// may be one of several.
func (p *Program) dispatches(v ssa.Value, depth int) bool {
	if v.Referrers() == nil || depth > 3 {
		return false
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.ChangeInterface:
			if p.dispatches(r, depth+1) {
				return true
			}
		case *ssa.Phi:
			if p.dispatches(r, depth+1) {
				return true
			}
		case ssa.CallInstruction:
			c := r.Common()
			if c.IsInvoke() && c.Value == v {
				if len(p.calls.at(r)) > 1 {
					return true
				}
				continue
			}
			f := c.StaticCallee()
			if f == nil || p.Model(f) != nil {
				continue
			}
			rel := p.relevantSlots(f)
			for i, a := range c.Args {
				if a == v && rel[i].dispatches {
					return true
				}
			}
		}
	}
	return false
}

// nils reports whether it decides a branch that an interface, or what is in the
// variable v, is nil.
func (p *Program) nils(v ssa.Value, depth int) bool {
	t := v.Type()
	switch v.(type) {
	case *ssa.Alloc, *ssa.FreeVar:
		t = deref(t)
	}
	if !types.IsInterface(t) || v.Referrers() == nil || depth > 3 {
		return false
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.BinOp:
			if isNil(r.X) || isNil(r.Y) {
				return true
			}
		case *ssa.UnOp, *ssa.ChangeInterface, *ssa.Phi:
			if p.nils(r.(ssa.Value), depth+1) {
				return true
			}
		case *ssa.Store: // into the cell of a captured parameter
			if cell, ok := r.Addr.(*ssa.Alloc); ok && r.Val == v && p.nils(cell, depth+1) {
				return true
			}
		case *ssa.MakeClosure:
			fn := r.Fn.(*ssa.Function)
			rel := p.relevantSlots(fn)
			for i, b := range r.Bindings {
				if b == v && rel[len(fn.Params)+i].nils {
					return true
				}
			}
		case ssa.CallInstruction:
			if p.nilsCall(r, v) {
				return true
			}
		}
	}
	return false
}

// nilsCall asks the same of what a call hands on.
func (p *Program) nilsCall(site ssa.CallInstruction, v ssa.Value) bool {
	c := site.Common()
	first := 0
	if c.IsInvoke() {
		first = 1 // the receiver
	}
	for _, f := range p.calls.callees(site) {
		if p.Model(f) != nil {
			continue
		}
		rel := p.relevantSlots(f)
		for i, a := range c.Args {
			if a == v && rel[first+i].nils {
				return true
			}
		}
	}
	return false
}

// decides reports whether the value of v decides a call or a branch.
func (p *Program) decides(v ssa.Value, depth int) bool {
	if v.Referrers() == nil || depth > 3 {
		return false
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.If:
			return true
		case *ssa.BinOp:
			_, x := r.X.(*ssa.Const)
			_, y := r.Y.(*ssa.Const)
			if (x || y) && p.decides(r, depth+1) {
				return true
			}
		case *ssa.UnOp:
			if p.decides(r, depth+1) {
				return true
			}
		case *ssa.Phi:
			if p.decides(r, depth+1) {
				return true
			}
		case *ssa.ChangeType:
			if p.decides(r, depth+1) {
				return true
			}
		case *ssa.Store: // into the cell of a captured parameter
			if cell, ok := r.Addr.(*ssa.Alloc); ok && r.Val == v && p.decides(cell, depth+1) {
				return true
			}
		case *ssa.MakeClosure:
			fn := r.Fn.(*ssa.Function)
			rel := p.relevantSlots(fn)
			for i, b := range r.Bindings {
				if b == v && rel[len(fn.Params)+i].decides {
					return true
				}
			}
		case ssa.CallInstruction:
			if p.decidesCall(r, v) {
				return true
			}
		}
	}
	return false
}

func (p *Program) decidesCall(site ssa.CallInstruction, v ssa.Value) bool {
	c := site.Common()
	if c.Value == v && !c.IsInvoke() {
		return true
	}
	if c.IsInvoke() {
		return p.decidesInvoke(site, v)
	}
	f := c.StaticCallee()
	if f == nil {
		return false
	}
	if m := p.Model(f); m != nil {
		for _, cl := range m.Clauses {
			for i, a := range c.Args {
				if a == v && cl.Calling(i) {
					return true
				}
			}
		}
		return false
	}
	rel := p.relevantSlots(f)
	for i, a := range c.Args {
		if a == v && rel[i].decides {
			return true
		}
	}
	return false
}

// decidesInvoke asks the same of a call of an interface's method that is
// handed a function.
func (p *Program) decidesInvoke(site ssa.CallInstruction, v ssa.Value) bool {
	if _, ok := v.Type().Underlying().(*types.Signature); !ok {
		return false
	}
	for _, f := range p.calls.at(site) {
		rel := p.relevantSlots(f)
		for i, a := range site.Common().Args {
			if a == v && rel[i+1].decides {
				return true
			}
		}
	}
	return false
}

// hasLock reports whether t points to a struct with a lock in it.
func hasLock(t types.Type) bool {
	ptr, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	return lockWithin(ptr.Elem(), 0)
}

func lockWithin(t types.Type, depth int) bool {
	if isLockPointer(types.NewPointer(t)) {
		return true
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok || depth > 3 {
		return false
	}
	for i := range s.NumFields() {
		f := s.Field(i).Type()
		if lockWithin(f, depth+1) || isLockPointer(f) {
			return true
		}
	}
	return false
}
