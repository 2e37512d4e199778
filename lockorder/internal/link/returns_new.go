package link

import "golang.org/x/tools/go/ssa"

// ReturnsNew reports whether fn returns, if not nil, an object that it has just
// allocated, itself or by such a function, and that nobody else knows.
func (p *Program) ReturnsNew(fn *ssa.Function) bool {
	if m, ok := p.fresh[fn]; ok {
		return m
	}
	p.fresh[fn] = false // recursion fails towards a finding
	m := len(fn.Blocks) > 0 && fn.Signature.Results().Len() == 1
	for _, b := range fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			m = m && p.isNew(ret.Results[0])
		}
	}
	p.fresh[fn] = m
	return m
}

// isNew reports whether a value is made by the function, and known to no other.
func (p *Program) isNew(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil()
	case *ssa.Alloc:
		return v.Heap && !p.leaksValue(v, 0)
	case *ssa.Call:
		f := v.Call.StaticCallee()
		return f != nil && p.ReturnsNew(f) && !p.leaksValue(v, 0)
	}
	return false
}
