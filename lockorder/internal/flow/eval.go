package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// eval computes the Value of v, once.
func (a *analysis) eval(v ssa.Value) Value {
	if c, ok := v.(*ssa.Const); ok && c.Value != nil {
		return Value{Const: c.Value, Path: a.nowhere()}
	}
	switch i, ok := a.index[v]; {
	case !ok:
	case i == pendingValue: // a cycle through phis: it is itself
		return Value{Path: a.local(v)}
	default:
		return a.values[i]
	}
	a.index[v] = pendingValue
	w := a.compute(v)
	if w.Path == nil {
		w.Path = a.local(v)
	}
	a.index[v] = int32(len(a.values))
	a.values = append(a.values, w)
	return w
}

func (a *analysis) path(v ssa.Value) *lock.Path { return a.eval(v).Path }

// local is the path of a value known only as itself. Numbers, texts and tests,
// half of all values, have one path in common: no lock is below them.
func (a *analysis) local(v ssa.Value) *lock.Path {
	switch x := v.(type) {
	case *ssa.Const:
		if x.Value != nil {
			return a.nowhere()
		}
	case *ssa.BinOp:
		if isComparison(x.Op) {
			return a.nowhere()
		}
	}
	return a.host.Paths().Local(v)
}

// nowhere is the path of what is no object.
func (a *analysis) nowhere() *lock.Path {
	if a.none == nil {
		a.none = a.host.Paths().Local(noObject)
	}
	return a.none
}

// noObject stands for all values that are no objects.
var noObject = ssa.NewConst(nil, types.Typ[types.UntypedNil])

func (a *analysis) compute(v ssa.Value) Value {
	paths := a.host.Paths()
	switch v := v.(type) {
	case *ssa.Const: // without a value; eval has seen to the others
		return Value{Nil: true}
	case *ssa.Parameter:
		for i, p := range a.fn.Params {
			if p == v {
				return a.slot(i, paths.Param(i))
			}
		}
	case *ssa.FreeVar:
		for i, f := range a.fn.FreeVars {
			if f == v {
				if alloc := captured(a.fn, i); alloc != nil {
					return Value{Path: a.local(alloc)}
				}
				return a.slot(len(a.fn.Params)+i, paths.Free(i))
			}
		}
	case *ssa.Global:
		return Value{Path: paths.Global(v.Object())}
	case *ssa.Function:
		return Value{Fn: &FuncVal{Fn: v}}
	case *ssa.MakeClosure:
		f := &FuncVal{Fn: v.Fn.(*ssa.Function), Binds: make([]Value, len(v.Bindings))}
		for i, b := range v.Bindings {
			f.Binds[i] = a.eval(b)
		}
		return Value{Fn: f}
	case *ssa.Alloc:
		if s := a.onlyStore(v); s != nil && !isChan(v) {
			w := a.eval(s.Val)
			if s.Block() != v.Block() { // zero until then
				w.Const, w.Nil = nil, false
			}
			return w
		}
		return Value{Fields: a.object(v)}
	case *ssa.FieldAddr:
		return a.fieldValue(v.X, v.X.Type(), v.Field)
	case *ssa.Field:
		return a.fieldValue(v.X, v.X.Type(), v.Field)
	case *ssa.IndexAddr:
		return Value{Path: paths.Elem(a.path(v.X), a.elemKey(v.Index))}
	case *ssa.Index:
		return Value{Path: paths.Elem(a.path(v.X), a.elemKey(v.Index))}
	case *ssa.Lookup:
		return Value{Path: paths.Elem(a.path(v.X), a.elemKey(v.Index))}
	case *ssa.Slice:
		return Value{Path: a.path(v.X)}
	case *ssa.UnOp:
		return a.unop(v)
	case *ssa.MakeInterface:
		w := a.eval(v.X)
		w.Dyn = v.X.Type()
		w.Nil = false
		if w.Fn == nil {
			w.OrNil = false // with a nil pointer in it it is not nil itself
		}
		return w
	case *ssa.ChangeType:
		return a.eval(v.X)
	case *ssa.ChangeInterface:
		return a.eval(v.X)
	case *ssa.Convert:
		return a.converted(v.X, v.Type())
	case *ssa.MultiConvert:
		return a.converted(v.X, v.Type())
	case *ssa.TypeAssert:
		w := a.eval(v.X)
		w.Nil, w.Const = false, nil
		if !types.IsInterface(v.AssertedType) {
			w.Dyn, w.Set = nil, false
		}
		return w
	case *ssa.Extract:
		return a.extract(v)
	case *ssa.Phi:
		if list := a.collected(v); list != nil {
			return Value{Path: list}
		}
		return a.phi(v)
	case *ssa.Call:
		if list := a.appended(v); list != nil {
			return Value{Path: list}
		}
		return a.callResult(v, 0)
	case *ssa.MakeSlice:
		return Value{Path: a.filled(v)}
	case *ssa.BinOp:
		return a.binop(v)
	}
	return Value{}
}

func (a *analysis) slot(i int, p *lock.Path) Value {
	if c, ok := a.ctx[i]; ok {
		return c.At(a.host.Paths(), p, len(a.fn.Params))
	}
	return Value{Path: p}
}

// fieldValue is what a field of x holds, or where it is.
func (a *analysis) fieldValue(x ssa.Value, t types.Type, i int) Value {
	if fields := a.eval(x).Fields; len(fields) > 0 {
		if s := structOf(t); s != nil {
			if w, ok := fields[s.Field(i).Origin()]; ok {
				return w
			}
		}
	}
	return Value{Path: a.field(x, t, i)}
}

func structOf(t types.Type) *types.Struct {
	if p, ok := types.Unalias(t).Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

func (a *analysis) field(x ssa.Value, t types.Type, i int) *lock.Path {
	base := a.path(x)
	if p, ok := types.Unalias(t).Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	return a.selectField(base, t, s.Field(i))
}

func (a *analysis) selectField(base *lock.Path, t types.Type, f *types.Var) *lock.Path {
	named, _ := types.Unalias(t).(*types.Named)
	a.host.Names().Declare(f, named)
	if call, ok := base.Key.(*ssa.Call); ok && base.Kind == lock.Local {
		if p := a.linkedResult(call, f); p != nil {
			return p
		}
	}
	return a.host.Paths().Field(base, f, a.host.Names().TypeArgs(named))
}

// linkedResult follows a model that says of which argument the field of a
// result is: the L of the Cond that NewCond makes.
func (a *analysis) linkedResult(call *ssa.Call, f *types.Var) *lock.Path {
	m := a.modelOf(call.Common())
	if m == nil {
		return nil
	}
	for _, c := range m.Clauses {
		if c.Verb == model.Links && c.Field == f.Name() {
			if args := callArgs(call.Common()); c.Expr.Index < len(args) {
				return a.path(args[c.Expr.Index])
			}
		}
	}
	return nil
}

func (a *analysis) elemKey(i ssa.Value) any {
	if c, ok := i.(*ssa.Const); ok && c.Value != nil {
		return c.Value.ExactString()
	}
	w := a.eval(i)
	if w.Const != nil {
		return w.Const.ExactString()
	}
	return i
}
