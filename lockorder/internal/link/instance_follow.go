package link

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// Constant reports whether a field is stored in objects just made only.
func (p *Program) Constant(f *types.Var) bool { return p.scan.rules != nil && !p.scan.rules.varies[f] }

// Dropped reports whether a field is set to nil, other than where its object is
// made. Nothing is said of it in a unit: who keeps the handle, in a field of his
// and for other goroutines, imports the package, as etcd's backend does bbolt.
func (p *Program) Dropped(f *types.Var) bool {
	return p.far == nil && slices.ContainsFunc(p.scan.putsIn(f.Origin()), func(st *ssa.Store) bool {
		_, made := st.Addr.(*ssa.FieldAddr).X.(*ssa.Alloc)
		return !made && isNil(st.Val)
	})
}

// leads returns the path to which a selector always leads, or nil.
func (p *Program) leads(q *lock.Path) *lock.Path {
	if p.scan == nil {
		return nil
	}
	if q.Kind == lock.Field {
		f := q.Obj.(*types.Var)
		if to := p.follow(way{spot: spot{f: f}}, q.Base, q.Name); to != nil {
			return to // the value itself leads back
		}
		w := way{field: f}
		base := q.Base
		if base.Kind == lock.Bind {
			w.fn, w.bind = base.Name, base.Index
			base = base.Base
		}
		return p.followHook(w, base)
	}
	if q.Name == "" {
		return nil // a parameter's, which the context tells
	}
	if to := p.followHook(way{fn: q.Name, bind: q.Index}, q.Base); to != nil {
		return to
	}
	return p.holding(q)
}

// followHook follows a way that starts at the value in a spot, or in a field
// of that if it is a closure's.
func (p *Program) followHook(w way, base *lock.Path) *lock.Path {
	if to := p.followFrom(w, base); to != nil || w.fn == "" || base.Kind != lock.Field {
		return to
	}
	w.via = base.Obj.(*types.Var)
	return p.followFrom(w, base.Base)
}

// followFrom follows a way that starts at the value in a spot.
func (p *Program) followFrom(w way, base *lock.Path) *lock.Path {
	s, field := spotOf(base)
	if field == nil {
		return nil
	}
	if _, ok := s.f.Type().Underlying().(*types.Struct); ok && w.via != nil {
		s.part = true
	}
	w.spot = s
	return p.follow(w, field.Base, field.Name)
}

// follow follows a way from its owner, whose type has the given arguments.
func (p *Program) follow(w way, owner *lock.Path, args string) *lock.Path {
	u := p.scan.rules.ways[w]
	if u == nil || u.bad {
		return nil
	}
	for _, f := range u.chain {
		if f == nil {
			return nil
		}
		if owner = p.paths.Field(owner, f, args); owner == nil {
			return nil
		}
		args = p.names.ArgsBelow(f, args)
	}
	if u.view {
		return p.paths.View(owner)
	}
	return owner
}

// captured gives the free variables of a function that was found in a spot
// their paths, where a rule speaks of them, or a caller may know the spot.
func (p *Program) captured(f *ssa.Function, at *lock.Path) []flow.Value {
	if len(f.FreeVars) == 0 || at == nil {
		return nil
	}
	key := flow.FuncKey(f)
	if at.Kind == lock.Elem { // what rules say of one element, they say of all
		at = p.paths.Elem(at.Base, nil)
	}
	var binds []flow.Value
	for i := range f.FreeVars {
		q := p.paths.Bind(at, i, key)
		if q == nil || q.Kind == lock.Bind && q.Base == at && at.Kind != lock.Param && !p.scan.rules.speaks(q) {
			continue
		}
		if binds == nil {
			binds = make([]flow.Value, len(f.FreeVars))
		}
		binds[i] = flow.Value{Path: q}
	}
	return binds
}

// speaks reports whether some rule is about a field of a free variable.
func (r *rules) speaks(q *lock.Path) bool {
	s, field := spotOf(q.Base)
	if field == nil {
		return false
	}
	if r.about == nil {
		r.about = make(map[way]bool)
		for w, u := range r.ways {
			switch {
			case w.fn == "" || u.bad:
			case w.via != nil:
				r.about[way{spot: spot{f: w.via}, fn: w.fn, bind: w.bind}] = true
			case w.field != nil:
				r.about[w.whole()] = true
			}
		}
	}
	w := way{spot: s, fn: q.Name, bind: q.Index}
	return r.about[w] || r.hung[w] != nil && r.hung[w].chain != nil
}
