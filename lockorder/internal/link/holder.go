package link

import (
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// Two locks of one class are not one if the objects that they are in come from
// different places: are made elsewhere, are parts of different fields, or are
// of different kinds. It is asked of all places that make two edges of a cycle,
// since of their witnesses only some are kept.

// A holder is where the objects come from that some locks of a class are in:
// for each role of their struct, or once if it has none. The nil holder may be
// any object.
type holder []origins

// any reports whether nothing is known of the objects.
func (h holder) any() bool {
	for _, o := range h {
		if !o.lost || o.kinds != allKinds {
			return false
		}
	}
	return true
}

// equal reports whether two holders are of the same objects.
func (h holder) equal(o holder) bool {
	return slices.EqualFunc(h, o, func(a, b origins) bool {
		return a.lost == b.lost && a.kinds == b.kinds && maps.Equal(a.of, b.of)
	})
}

// meetHolders reports whether an object may be of both.
func (p *Program) meetHolders(a, b holder) bool {
	for i := range min(len(a), len(b)) {
		if a[i].kinds != 0 && b[i].kinds != 0 && a[i].kinds&b[i].kinds == 0 {
			return false
		}
		if len(a[i].of) > 0 && len(b[i].of) > 0 && !p.meet(a[i], b[i]) {
			return false
		}
	}
	return true
}

// holderUnder returns the holder of the locks that an edge holds.
func (l *Linked) holderUnder(e *Edge) holder {
	var all holder
	if l.eachUnder(e, func(u *under) bool { return !all.join(l.holderIn(u.node, u.held.Path, u.at, 0)) }) {
		return nil
	}
	return all
}

// join adds the objects of another holder, and reports whether something is
// known of them all.
func (h *holder) join(other holder) bool {
	if *h == nil {
		for _, o := range other {
			*h = append(*h, origins{of: make(map[any]bool), kinds: o.kinds})
		}
	}
	if len(other) == 0 || len(other) != len(*h) {
		return false
	}
	for i, o := range other {
		to := &(*h)[i]
		maps.Copy(to.of, o.of)
		to.lost = to.lost || o.lost
		to.kinds |= o.kinds
		if len(o.of) == 0 && !o.lost { // from nowhere in view
			to.lost, to.kinds = true, allKinds
		}
	}
	return !h.any()
}

// Bounds of holderIn: on the calls one above the other, and on those of one node.
const (
	maxCalls   = 4
	maxCallers = 8
)

// holderIn returns the holder of the lock that a node names by a path at an
// instruction. Where it has a context, it is who calls it in that context that
// knows: what is visited with one callback is not what is visited with another.
func (l *Linked) holderIn(n *flow.Node, path *lock.Path, at ssa.Instruction, above int) holder {
	h := l.p.holderAt(n.Fn, path, at)
	in := l.callers[n.ID]
	if n.Ctx == nil || !byCaller(path) || above == maxCalls || len(in) == 0 || len(in) > maxCallers {
		return h
	}
	var all holder
	for _, c := range in {
		p := c.call.Callees[c.callee].Env.Subst(&l.p.paths, path).Path
		if p == nil || !all.join(l.holderIn(l.p.order[c.node], p, c.call.Instr, above+1)) {
			return h
		}
	}
	if len(all) != len(h) {
		return all
	}
	for i := range all { // and what n's own tests leave
		all[i].kinds &= h[i].kinds
	}
	return all
}

// A holding is a lock as it is named in a function, and, for each role of its
// struct, what the tests leave of it there.
type holding struct {
	fn   *ssa.Function
	path *lock.Path
	only [maxRoles]kinds
}

// holderAt returns the holder of the lock that a path names at an instruction.
func (p *Program) holderAt(f *ssa.Function, path *lock.Path, at ssa.Instruction) holder {
	if path = path.Whole(); path.Kind != lock.Field {
		return nil
	}
	if at != nil && at.Parent() != f {
		at = nil
	}
	k := holding{fn: f, path: path}
	obj := path.Base
	field := path.Obj.(*types.Var).Origin()
	if !inObject(obj, field) {
		return nil
	}
	v := objectIn(f, obj)
	roles := p.rolesBeside(field)
	for i, role := range roles {
		k.only[i] = allKinds
		if v != nil {
			k.only[i] = p.kindsAt(v, at, role)
		}
	}
	if v == nil {
		k.fn = nil // the path says it all
	}
	if h, ok := p.holders[k]; ok {
		return h
	}
	var h holder
	for i, role := range roles {
		h = append(h, p.traceRole(field, role, func(t *tracer) {
			t.only = k.only[i]
			t.object(v, obj)
		}))
	}
	if len(roles) == 0 {
		o := p.trace(field, func(t *tracer) { t.object(v, obj) })
		o.kinds = allKinds
		h = holder{o}
	}
	p.holders[k] = h
	return h
}

// inObject reports whether a field is one of what a path names, where the path
// tells what that is: a wrapper of a pointer is named as what it points to.
func inObject(path *lock.Path, f *types.Var) bool {
	var t types.Type
	switch {
	case path.Kind == lock.Field:
		t = path.Obj.Type()
	case path.Kind == lock.Elem && path.Base.Kind == lock.Field:
		c, ok := deref(path.Base.Obj.Type()).Underlying().(interface{ Elem() types.Type })
		if !ok {
			return false
		}
		t = c.Elem()
	default:
		return true
	}
	s, ok := deref(t).Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for g := range s.Fields() {
		if g.Origin() == f {
			return true
		}
	}
	return false
}

// objectIn returns the value in a function that a path names, or nil.
func objectIn(f *ssa.Function, path *lock.Path) ssa.Value {
	switch {
	case path.Kind == lock.Param && path.Index < len(f.Params):
		return f.Params[path.Index]
	case path.Kind == lock.Free && path.Index < len(f.FreeVars):
		return f.FreeVars[path.Index]
	case path.Kind == lock.Local:
		return path.Key.(ssa.Value)
	}
	return nil
}

// object follows the object that a path names, which is the value v if that is
// not nil.
func (t *tracer) object(v ssa.Value, path *lock.Path) {
	switch x := v.(type) {
	case *ssa.Parameter:
		t.value(x)
	case *ssa.FreeVar:
		if flow.Variable(x) != nil {
			t.load(x, false)
		} else {
			t.value(x)
		}
	default:
		t.path(path)
	}
}
