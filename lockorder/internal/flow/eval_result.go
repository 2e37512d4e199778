package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// CallOf returns the call of which a value is a result, and its number; nil if
// it is none.
func CallOf(v ssa.Value) (call *ssa.Call, i int) {
	switch v := v.(type) {
	case *ssa.Call:
		return v, 0
	case *ssa.Extract:
		call, _ = v.Tuple.(*ssa.Call)
		return call, v.Index
	}
	return nil, 0
}

func (a *analysis) extract(v *ssa.Extract) Value {
	switch t := v.Tuple.(type) {
	case *ssa.Call:
		return a.callResult(t, v.Index)
	case *ssa.TypeAssert:
		if v.Index == 0 {
			return a.eval(t)
		}
	case *ssa.Lookup:
		if v.Index == 0 {
			return a.eval(t)
		}
	case *ssa.Next:
		if r, ok := t.Iter.(*ssa.Range); ok && v.Index > 0 {
			return Value{Path: a.host.Paths().Elem(a.path(r.X), v)}
		}
	}
	return Value{}
}

// callResult asks the callees what they return.
func (a *analysis) callResult(call *ssa.Call, i int) Value {
	if m := a.modelOf(call.Common()); m != nil && !m.Does(model.Fails) {
		for _, c := range m.Clauses {
			if c.Verb != model.Returns || i > 0 {
				continue
			}
			p := a.expr(c.Expr, call.Common(), call)
			if p == nil {
				return Value{}
			}
			if c.Mode == lock.Shared {
				p = a.host.Paths().View(p)
			}
			return Value{Path: p}
		}
		return Value{}
	}
	callees := a.callees(call)
	if len(callees) == 0 || len(callees) > 4 {
		return Value{}
	}
	var all Value
	for n, c := range callees {
		eff := a.host.Effect(c.Node)
		w, ok := eff.result(i)
		if !ok {
			return Value{}
		}
		w = c.Env.Lower(a.host.Paths(), w)
		if n > 0 {
			w = all.and(w)
		}
		all = w
	}
	return all
}
