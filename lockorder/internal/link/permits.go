package link

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// scanPermits notes whether a semaphore that a call makes has a single permit,
// by the call and by the field or variable that it is put into. One that may
// have another number has not.
func (p *Program) scanPermits(s *scan, site ssa.CallInstruction) {
	call, ok := site.(*ssa.Call)
	if !ok {
		return
	}
	m := p.ModelOf(site.Common())
	if m == nil || !m.Does(model.Permits) {
		return
	}
	one := false
	for i := range m.Clauses {
		if c := &m.Clauses[i]; c.Verb == model.Permits && c.Expr.Index < len(call.Call.Args) {
			n, ok := call.Call.Args[c.Expr.Index].(*ssa.Const)
			one = ok && n.Value != nil && constant.Compare(n.Value, token.EQL, constant.MakeInt64(1))
		}
	}
	note := func(key any) {
		if old, seen := s.sole[key]; seen {
			one = one && old
		}
		s.sole[key] = one
	}
	note(ssa.Value(call))
	for _, r := range *call.Referrers() {
		st, ok := r.(*ssa.Store)
		if !ok || st.Val != call {
			continue
		}
		switch a := st.Addr.(type) {
		case *ssa.FieldAddr:
			note(types.Object(fieldVar(a)))
		case *ssa.Global:
			note(a.Object())
		default:
			note(st.Addr)
		}
	}
}

// Sole reports whether a semaphore has a single permit.
func (p *Program) Sole(path *lock.Path) bool {
	switch path.Kind {
	case lock.Field:
		return p.scan.sole[types.Object(path.Obj.(*types.Var).Origin())]
	case lock.Global:
		return p.scan.sole[path.Obj]
	case lock.Local:
		return p.scan.sole[path.Key]
	}
	return false
}
