package link

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A worker is an object with a goroutine of its own, which runs the functions
// that are handed to the object: a scheduler, an event loop. Of one class of
// workers there are many objects in a program, but a function that is handed
// to the one of them that a certain call has made runs in the goroutine of
// that one only. That is what narrow finds:
//
//   - the function is called by goroutines of one thread only, which a
//     constructor starts, once, for the object that it makes;
//   - every value of the function goes to objects that one and the same call
//     of that constructor makes, into a field or a channel of theirs;
//   - what is in that field is no other object's.

// narrow narrows the threads of functions that are handed to workers, and
// reports whether there are any.
func (l *Linked) narrow() bool {
	t := l.threads
	for _, f := range l.p.scan.fns {
		if l.p.scan.closures[f] == nil {
			continue
		}
		i, ok := l.calledBy(f)
		if !ok || l.oftenStarted(i) == once {
			continue
		}
		if made := l.workerOf(f, &t.all[i]); made != nil {
			th := t.all[i]
			th.made = made
			t.narrowed[f] = t.number(th)
		}
	}
	return len(t.narrowed) > 0
}

// calledBy returns the started thread that alone runs f in all contexts.
func (l *Linked) calledBy(f *ssa.Function) (int32, bool) {
	found := int32(-1)
	for _, n := range l.threads.nodes[f] {
		i, ok := l.only(n)
		if !ok || i == first || l.spawned[n.ID] || found >= 0 && i != found {
			return 0, false
		}
		found = i
	}
	return found, found >= 0
}

// workerOf returns the call that makes the worker to whom f is handed.
func (l *Linked) workerOf(f *ssa.Function, th *thread) ssa.Instruction {
	start, ok := th.start.(*ssa.Go)
	if !ok || loops(start) {
		return nil
	}
	maker := start.Parent()
	if !startsOwn(start) {
		return nil
	}
	tr := &handing{p: l.p}
	var made ssa.Instruction
	for _, mk := range l.p.scan.closures[f] {
		owners, back, ok := tr.follow(mk, 0)
		if !ok || back || len(owners) == 0 {
			return nil
		}
		for _, o := range owners {
			call := tr.origin(o, 0)
			if call == nil || call.Call.StaticCallee() != maker || made != nil && made != call {
				return nil
			}
			made = call
		}
	}
	for _, field := range tr.fields {
		if !l.p.scan.ownField(field) {
			return nil
		}
	}
	return made
}

// startsOwn reports whether a constructor starts the goroutine of the object
// that it makes and returns.
func startsOwn(start *ssa.Go) bool {
	args := start.Call.Args
	if mk, ok := start.Call.Value.(*ssa.MakeClosure); ok {
		args = mk.Bindings
	}
	for _, b := range start.Parent().Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		if len(ret.Results) == 0 || !slices.ContainsFunc(args, func(a ssa.Value) bool {
			return object(a) == object(ret.Results[0]) && isAlloc(object(a))
		}) {
			return false
		}
	}
	return true
}

func isAlloc(v ssa.Value) bool { _, ok := v.(*ssa.Alloc); return ok }

// object looks through conversions, and through a variable that is set once.
func object(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.UnOp:
			cell, ok := x.X.(*ssa.Alloc)
			if !ok || onlyStore(cell) == nil {
				return v
			}
			v = onlyStore(cell)
		case *ssa.Alloc: // the variable of an object that closures share
			set := onlyStore(x)
			if set == nil {
				return v
			}
			v = set
		default:
			return v
		}
	}
}

// onlyStore returns what is stored to a variable, if that is one value.
func onlyStore(cell *ssa.Alloc) ssa.Value {
	var val ssa.Value
	for _, r := range *cell.Referrers() {
		if st, ok := r.(*ssa.Store); ok && st.Addr == cell {
			if val != nil {
				return nil
			}
			val = st.Val
		}
	}
	return val
}

// A handing follows a function value to the objects that it is handed to.
type handing struct {
	p      *Program
	fields []*types.Var // in which these keep it
}

const maxHanding = 6 // calls and conversions followed

// follow returns the owners of the fields that v gets into, in terms of v's
// function, and whether the function returns it. ok is false if it goes
// anywhere else.
func (h *handing) follow(v ssa.Value, depth int) (owners []ssa.Value, back, ok bool) {
	if depth > maxHanding || v.Referrers() == nil {
		return nil, false, false
	}
	take := func(os []ssa.Value, b, fine bool) bool {
		owners, back = append(owners, os...), back || b
		return fine
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.BinOp, *ssa.If:
		case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType, *ssa.Phi, *ssa.Slice:
			if !take(h.follow(r.(ssa.Value), depth+1)) {
				return nil, false, false
			}
		case *ssa.UnOp: // a load from the variable that it is in
			if !take(h.follow(r, depth+1)) {
				return nil, false, false
			}
		case *ssa.IndexAddr, *ssa.FieldAddr: // of the object that it is in
			if !onlySets(r.(ssa.Value)) {
				return nil, false, false
			}
		case *ssa.Return:
			back = true
		case *ssa.Store:
			if r.Addr != v && !take(h.stored(r.Addr, depth)) {
				return nil, false, false
			}
		case *ssa.Send:
			if r.X != v || !take(h.kept(r.Chan)) {
				return nil, false, false
			}
		case ssa.CallInstruction:
			if b, ok := r.Common().Value.(*ssa.Builtin); ok {
				if b.Name() != "append" || !take(h.follow(r.Value(), depth+1)) {
					return nil, false, false
				}
				continue
			}
			if !take(h.passed(r, v, depth)) {
				return nil, false, false
			}
		default:
			return nil, false, false
		}
	}
	return owners, back, true
}

// onlySets reports whether an address is stored to, and of what is there
// nothing is read that could be called.
func onlySets(addr ssa.Value) bool {
	for _, use := range *addr.Referrers() {
		switch use := use.(type) {
		case *ssa.Store:
			if use.Addr != addr {
				return false
			}
		case *ssa.UnOp:
			if _, ok := use.Type().Underlying().(*types.Basic); !ok {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// stored follows what is stored at an address.
func (h *handing) stored(addr ssa.Value, depth int) (owners []ssa.Value, back, ok bool) {
	switch a := addr.(type) {
	case *ssa.Alloc:
		return h.follow(a, depth+1)
	case *ssa.IndexAddr: // the array of variadic arguments
		if base, ok := a.X.(*ssa.Alloc); ok {
			return h.follow(base, depth+1)
		}
	case *ssa.FieldAddr:
		if base, ok := a.X.(*ssa.Alloc); ok {
			return h.follow(base, depth+1)
		}
		h.fields = append(h.fields, fieldVar(a))
		return []ssa.Value{a.X}, false, true
	}
	return nil, false, false
}

// kept returns the owner of the field that a channel is in.
func (h *handing) kept(ch ssa.Value) (owners []ssa.Value, back, ok bool) {
	load, ok := ch.(*ssa.UnOp)
	if !ok {
		return nil, false, false
	}
	a, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return nil, false, false
	}
	h.fields = append(h.fields, fieldVar(a))
	return []ssa.Value{a.X}, false, true
}

// passed follows v into the functions that are called with it.
func (h *handing) passed(site ssa.CallInstruction, v ssa.Value, depth int) (owners []ssa.Value, back, ok bool) {
	c := site.Common()
	targets := h.p.calls.at(site)
	if f := c.StaticCallee(); f != nil {
		targets = []*ssa.Function{f}
	}
	args := c.Args
	if c.IsInvoke() {
		args = append([]ssa.Value{c.Value}, args...)
	}
	for _, f := range targets {
		if len(f.Params) != len(args) {
			return nil, false, false
		}
		for i, a := range args {
			if a != v {
				continue
			}
			os, returned, ok := h.follow(f.Params[i], depth+1)
			if !ok {
				return nil, false, false
			}
			for _, o := range os {
				q, ok := object(o).(*ssa.Parameter)
				if !ok {
					return nil, false, false
				}
				owners = append(owners, args[slices.Index(f.Params, q)])
			}
			if returned {
				if site.Value() == nil {
					return nil, false, false
				}
				os, b, ok := h.follow(site.Value(), depth+1)
				if !ok {
					return nil, false, false
				}
				owners, back = append(owners, os...), back || b
			}
		}
	}
	return owners, back, len(targets) > 0
}

// origin returns the call that has made an object, or nil: what a variable, or
// a field, of which there is one store in the program, was set to.
func (h *handing) origin(v ssa.Value, depth int) *ssa.Call {
	if depth > maxHanding {
		return nil
	}
	switch x := object(v).(type) {
	case *ssa.Call:
		return x
	case *ssa.Extract:
		if call, ok := x.Tuple.(*ssa.Call); ok && x.Index == 0 {
			return call
		}
	case *ssa.UnOp:
		switch a := x.X.(type) {
		case *ssa.FieldAddr:
			if st := h.p.scan.onlyPut(fieldVar(a)); st != nil {
				return h.origin(st, depth+1)
			}
		case *ssa.FreeVar:
			if b := bound(h.p, a); b != nil {
				if cell, ok := b.(*ssa.Alloc); ok && onlyStore(cell) != nil {
					return h.origin(onlyStore(cell), depth+1)
				}
			}
		}
	case *ssa.FreeVar:
		if b := bound(h.p, x); b != nil {
			return h.origin(b, depth+1)
		}
	}
	return nil
}

// bound returns what the one closure of a free variable's function binds to it.
func bound(p *Program, v *ssa.FreeVar) ssa.Value {
	made := p.scan.closures[v.Parent()]
	if len(made) != 1 {
		return nil
	}
	for i, f := range v.Parent().FreeVars {
		if f == v {
			return made[0].Bindings[i]
		}
	}
	return nil
}
