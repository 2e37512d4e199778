package link

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// SentBy reports whether the channels in a field all have a buffer, and only the
// function sends to them, in one place. A field that others may use is not
// answered for.
func (p *Program) SentBy(f *types.Var, fn *ssa.Function) bool {
	if f = f.Origin(); f.Exported() {
		return false
	}
	sends, buffered := 0, false
	for _, g := range p.scan.fns {
		if g.Pkg == nil || g.Pkg.Pkg != f.Pkg() {
			continue
		}
		for _, b := range g.Blocks {
			for _, in := range b.Instrs {
				for _, ch := range flow.SentTo(in) {
					if loads(ch, f) {
						if sends++; g != fn {
							return false
						}
					}
				}
				if st, ok := in.(*ssa.Store); ok && addresses(st.Addr, f) && !isNil(st.Val) {
					mk, ok := st.Val.(*ssa.MakeChan)
					if !ok || flow.BufferSize(mk) == 0 {
						return false
					}
					buffered = true
				}
			}
		}
	}
	return buffered && sends == 1
}
