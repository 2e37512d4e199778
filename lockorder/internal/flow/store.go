package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// store forgets what the stored-to memory held, and learns a constant, or what
// is known of the value: of a call's result, say. What nothing in the function loads, such as the cells of a table that it fills,
// there is no fact about.
func (a *analysis) store(s state, in *ssa.Store) state {
	if len(s.held) == 0 && !a.loaded(in.Addr) {
		return s
	}
	p := a.path(in.Addr)
	old := s.facts
	if len(s.facts) > 0 {
		s.facts = forget(s.facts, func(on subject) bool {
			if on.path == nil {
				return false
			}
			if on.path == p {
				return true
			}
			return on.path.Kind == lock.Field && p.Kind == lock.Field && on.path.Obj == p.Obj
		})
	}
	s = a.redirect(s, p)
	if isOnlyStore(a, in) || !a.loaded(in.Addr) {
		return s
	}
	if c := a.eval(in.Val).constText(); c != "" {
		s.facts = learn(s.facts, fact{on: subject{path: p}, val: c, is: true})
	} else if from := a.subjectOf(in.Val); len(old) > 0 && from.path != p {
		for _, f := range old {
			if f.on == from {
				s.facts = learn(s.facts, fact{on: subject{path: p}, val: f.val, is: f.is})
			}
		}
	}
	return s
}

// redirect lets the holder's way to a lock that goes through p lead elsewhere,
// for something else was stored there.
func (a *analysis) redirect(s state, p *lock.Path) state {
	for i, h := range s.held {
		if h.Path != p && p.IsSelector() && h.Path.HasPrefix(p) {
			held := append([]Held(nil), s.held...)
			held[i].Path = a.someInstance(h.Path)
			s.held = held
		}
	}
	return s
}

// loads is what a function reads of memory, other than variables.
type loads struct {
	fields map[*types.Var]bool
	elems  bool
}

// loaded reports whether the function may load what is stored at addr: if it
// is a field or an element, by another address of such.
func (a *analysis) loaded(addr ssa.Value) bool {
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		return a.loads().fields[structField(addr.X.Type(), addr.Field)]
	case *ssa.IndexAddr:
		return a.loads().elems
	}
	return true
}

func (a *analysis) loads() *loads {
	if a.reads != nil {
		return a.reads
	}
	a.reads = &loads{fields: make(map[*types.Var]bool)}
	for _, b := range a.fn.Blocks {
		for _, in := range b.Instrs {
			switch in := in.(type) {
			case *ssa.FieldAddr:
				if !onlyStoredTo(in) {
					a.reads.fields[structField(in.X.Type(), in.Field)] = true
				}
			case *ssa.Field:
				a.reads.fields[structField(in.X.Type(), in.Field)] = true
			case *ssa.IndexAddr:
				a.reads.elems = a.reads.elems || !onlyStoredTo(in)
			}
		}
	}
	return a.reads
}

// onlyStoredTo reports whether an address serves for stores and for nothing
// else.
func onlyStoredTo(addr ssa.Value) bool {
	for _, r := range *addr.Referrers() {
		if s, ok := r.(*ssa.Store); !ok || s.Addr != addr || s.Val == addr {
			return false
		}
	}
	return true
}

// structField is the field, of t or what t points to.
func structField(t types.Type, i int) *types.Var {
	t = t.Underlying()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem().Underlying()
	}
	if s, ok := t.(*types.Struct); ok {
		return s.Field(i).Origin()
	}
	return nil
}

func isOnlyStore(a *analysis, in *ssa.Store) bool {
	alloc, ok := in.Addr.(*ssa.Alloc)
	return ok && a.onlyStore(alloc) != nil && in.Block() == alloc.Block()
}
