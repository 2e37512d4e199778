package link

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// ReturnsNew reports whether the i'th result of fn is, if not nil, an object that
// it has just allocated, itself or by such a function, and that nobody else knows.
func (p *Program) ReturnsNew(fn *ssa.Function, i int) bool {
	k := leakKey{fn, i}
	if m, ok := p.fresh[k]; ok {
		return m
	}
	p.fresh[k] = false // recursion fails towards a finding
	m := len(fn.Blocks) > 0
	for _, b := range fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			m = m && p.isNew(ret.Results[i])
		}
	}
	p.fresh[k] = m
	return m
}

// isNew reports whether a value is made by the function, and known to no other.
func (p *Program) isNew(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil()
	case *ssa.Alloc:
		return v.Heap && !p.leaksValue(v, 0)
	case *ssa.Call, *ssa.Extract:
		call, i := flow.CallOf(v)
		if call == nil {
			return false
		}
		f := call.Call.StaticCallee()
		return f != nil && p.ReturnsNew(f, i) && !p.leaksValue(v, 0)
	}
	return false
}
