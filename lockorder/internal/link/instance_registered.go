package link

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// kind notes the type of an object that is put into a spot. Of an interface
// nothing is known but by who passes it.
func (r *rules) kind(s spot, v located) {
	if len(v.chain) > 0 || v.root == nil {
		return
	}
	t := v.root.Type()
	if types.IsInterface(t) || slices.ContainsFunc(r.kinds[s], func(k types.Type) bool { return types.Identical(k, t) }) {
		return
	}
	r.kinds[s] = append(r.kinds[s], t)
}

// Registered reports whether somebody in view puts f, or an object of which it
// is a method, into the container in a field whose elements a call calls. The
// call graph has one node for all values of an interface, by which such a call
// may go to whatever implements it; but of what is in a container all are
// called, where a field by itself has one of those that are put there.
func (p *Program) Registered(site ssa.CallInstruction, f *ssa.Function) bool {
	if p.scan == nil || p.scan.rules == nil || site.Common().StaticCallee() != nil {
		return false
	}
	r := p.scan.rules
	l := p.locate(site.Common().Value)
	n := len(l.chain)
	if n < 2 || l.chain[n-1] != nil || l.chain[n-2] == nil {
		return false
	}
	s := spot{f: l.chain[n-2], elem: true}
	if !site.Common().IsInvoke() {
		return r.funcs[s][f]
	}
	recv := f.Signature.Recv()
	return recv != nil && slices.ContainsFunc(r.kinds[s], func(k types.Type) bool { return types.Identical(k, recv.Type()) })
}
