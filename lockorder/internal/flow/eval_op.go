package flow

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

func (a *analysis) unop(v *ssa.UnOp) Value {
	x := a.eval(v.X)
	switch v.Op {
	case token.MUL:
		if g, ok := v.X.(*ssa.Global); ok && a.host.Unset(g) {
			return zero(v.Type(), x.Path)
		}
		if isCell(v.X) {
			if alloc, ok := v.X.(*ssa.Alloc); ok {
				if s := a.onlyStore(alloc); s != nil && !isChan(alloc) && dominates(s, v) {
					return a.eval(s.Val) // also what it is zero until then
				}
			}
			return x
		}
		at, field := v.X.(*ssa.FieldAddr) // which is no nil itself
		if field {
			if s := a.host.SetBefore(at); s != nil && dominates(s, v) {
				return a.eval(s.Val)
			}
		}
		return Value{Path: x.Path, Fn: x.Fn, Dyn: x.Dyn, Fields: x.Fields, Nil: field && x.Nil}
	case token.ARROW:
		return Value{}
	case token.NOT:
		if x.Const != nil && x.Const.Kind() == constant.Bool {
			return Value{Const: constant.UnaryOp(v.Op, x.Const, 0)}
		}
	case token.SUB:
		if x.Const != nil && x.Const.Kind() == constant.Int {
			return Value{Const: within(constant.UnaryOp(v.Op, x.Const, 0), v.Type())}
		}
	}
	return Value{}
}

// dominates reports whether every way to y has come through x.
func dominates(x, y ssa.Instruction) bool {
	if x.Block() != y.Block() {
		return x.Block().Dominates(y.Block())
	}
	for _, in := range x.Block().Instrs {
		if in == x || in == y {
			return in == x
		}
	}
	return false
}

// converted is the value of a conversion: a constant stays one if it has the
// same value in its new type.
func (a *analysis) converted(x ssa.Value, t types.Type) Value {
	w := a.eval(x)
	w.Const = within(w.Const, t)
	return w
}

// within returns a constant if it is a value of the type as it stands, and
// nil if an operation of that type would have made another one of it.
func within(c constant.Value, t types.Type) constant.Value {
	b, ok := t.Underlying().(*types.Basic)
	if c == nil || !ok {
		return nil
	}
	is := b.Info()
	switch c.Kind() {
	case constant.Bool:
		ok = is&types.IsBoolean != 0
	case constant.String:
		ok = is&types.IsString != 0
	case constant.Int:
		bits := min(intSizes.Sizeof(b)*8, 64)
		if is&types.IsUnsigned != 0 {
			ok = constant.Sign(c) >= 0 && constant.BitLen(c) <= int(bits)
		} else {
			ok = is&types.IsInteger != 0 && constant.BitLen(c) < int(bits)
		}
	case constant.Float:
		ok = is&types.IsFloat != 0
	default:
		ok = false
	}
	if !ok {
		return nil
	}
	return c
}

// intSizes are those of the machines with the larger words: what does not fit
// there fits nowhere.
var intSizes = types.SizesFor("gc", "amd64")

// isCell reports whether a load through x yields the variable's value.
func isCell(x ssa.Value) bool {
	switch x.(type) {
	case *ssa.Alloc, *ssa.FreeVar:
		return true
	}
	return false
}

// copies reports whether a copy of a value of type t has locks of its own.
func copies(t types.Type) bool {
	if n, ok := types.Unalias(t).(*types.Named); ok {
		if pkg := n.Obj().Pkg(); pkg != nil && (pkg.Path() == "sync" || pkg.Path() == "sync/atomic") {
			return true
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			if copies(f.Type()) {
				return true
			}
		}
	case *types.Array:
		return copies(u.Elem())
	}
	return false
}

// redirected reports whether a field of a struct variable that may lead to a
// lock is assigned to.
func redirected(v *ssa.Alloc) bool {
	for _, r := range *v.Referrers() {
		if f, ok := r.(*ssa.FieldAddr); ok {
			for _, use := range *f.Referrers() {
				if s, ok := use.(*ssa.Store); ok && s.Addr == f {
					if _, basic := s.Val.Type().Underlying().(*types.Basic); !basic {
						return true
					}
				}
			}
		}
	}
	return false
}

func zero(t types.Type, p *lock.Path) Value {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return Value{Path: p, Const: constant.MakeBool(false)}
		case u.Info()&types.IsInteger != 0:
			return Value{Path: p, Const: constant.MakeInt64(0)}
		case u.Kind() == types.UnsafePointer:
			return Value{Path: p, Nil: true}
		}
	case *types.Pointer, *types.Signature, *types.Interface, *types.Map, *types.Slice, *types.Chan:
		return Value{Path: p, Nil: true}
	}
	return Value{Path: p}
}

func (a *analysis) binop(v *ssa.BinOp) Value {
	x, y := a.eval(v.X), a.eval(v.Y)
	switch v.Op {
	case token.EQL, token.NEQ:
		if eq, known := equal(x, y); known {
			return Value{Const: constant.MakeBool(eq == (v.Op == token.EQL))}
		}
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		if x.Const != nil && y.Const != nil && x.Const.Kind() == y.Const.Kind() && x.Const.Kind() != constant.Bool {
			return Value{Const: constant.MakeBool(constant.Compare(x.Const, v.Op, y.Const))}
		}
	case token.AND:
		if x.Const != nil && y.Const != nil && x.Const.Kind() == constant.Int && y.Const.Kind() == constant.Int {
			return Value{Const: constant.BinaryOp(x.Const, v.Op, y.Const)}
		}
	}
	return Value{}
}

func equal(x, y Value) (eq, known bool) {
	switch {
	case x.Const != nil && y.Const != nil && x.Const.Kind() == y.Const.Kind():
		return constant.Compare(x.Const, token.EQL, y.Const), true
	case x.Nil && y.Nil:
		return true, true
	case x.Nil && y.Some(), y.Nil && x.Some():
		return false, true
	}
	return false, false
}

// phi is what all its edges are. An edge that is nil, or an object made on the
// spot, is what "get it, or make it" has beside the lookup: the object goes
// where the lookup looked, and has its path.
func (a *analysis) phi(v *ssa.Phi) Value {
	var all Value
	known := false
	for _, e := range v.Edges {
		w := a.eval(e)
		if w.Nil && len(v.Edges) > 1 && isPointer(v.Type()) {
			continue
		}
		if alloc, ok := e.(*ssa.Alloc); ok && alloc.Heap && a.kept(alloc) {
			continue
		}
		if known {
			w = all.and(w)
		}
		all, known = w, true
	}
	return all
}

// kept reports whether an object is put into a map, a slice or a field.
func (a *analysis) kept(alloc *ssa.Alloc) bool {
	for _, r := range *alloc.Referrers() {
		switch r := r.(type) {
		case *ssa.MapUpdate:
			return r.Value == ssa.Value(alloc)
		case *ssa.Store:
			if r.Val == ssa.Value(alloc) {
				switch r.Addr.(type) {
				case *ssa.FieldAddr, *ssa.IndexAddr:
					return true
				}
			}
		}
	}
	return false
}
