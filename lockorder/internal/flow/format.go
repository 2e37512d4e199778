package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// format records the calls that formatting makes of the methods of its
// operands.
func (a *analysis) format(s state, c *model.Clause, site ssa.CallInstruction, ops operands) {
	if ops.args == nil || c.Expr.Index >= len(ops.args) {
		return
	}
	var callees []Callee
	for _, v := range variadic(ops.args[c.Expr.Index]) {
		mk, ok := v.(*ssa.MakeInterface)
		if !ok {
			continue
		}
		for _, m := range a.host.Methods(mk.X.Type()) {
			callees = append(callees, a.host.Bound(a.node, site, &FuncVal{Fn: m}, []Value{a.eval(mk.X)}, "model")...)
		}
	}
	if len(callees) > 0 {
		a.recordCall(s, site, callees)
	}
}

// variadic returns the values that a call packs into its last argument.
func variadic(v ssa.Value) []ssa.Value {
	slice, ok := v.(*ssa.Slice)
	if !ok {
		return nil
	}
	alloc, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	if _, ok := alloc.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Array); !ok {
		return nil
	}
	var out []ssa.Value
	for _, r := range *alloc.Referrers() {
		at, ok := r.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, r := range *at.Referrers() {
			if st, ok := r.(*ssa.Store); ok && st.Addr == at {
				out = append(out, st.Val)
			}
		}
	}
	return out
}
