package link

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A late store is one to a field of an object that was there before. Its
// adoption are the spots of what it stores into which its function puts the
// object: c.server = s; s.conns[id] = c. What is there then leads back as if it
// had been made for it.
type adoption map[spot]bool

// adopt notes the stores in fn by which v, that is put into a spot of the owner,
// leads back to it. It returns the fields that they set.
func (r *rules) adopt(s spot, owner, v located, fn *ssa.Function) map[*types.Var]bool {
	if v.root == nil || v.view {
		return nil
	}
	var known map[*types.Var]bool
	for _, st := range r.lateIn[fn] {
		addr := st.Addr.(*ssa.FieldAddr)
		if of := r.p.locate(addr.X); of.root != v.root || !sameFields(of.chain, v.chain) {
			continue
		}
		f, to := fieldVar(addr), r.p.locate(st.Val)
		chain, ok := to.from(owner)
		if v.above(owner) == f { // c.server = s; c.server.add(c)
			chain, ok = nil, true
		}
		if !ok {
			continue
		}
		if r.adopted[st] == nil {
			r.adopted[st] = make(adoption)
		}
		r.adopted[st][s] = true
		r.learn(way{spot: s, field: f}, chain, to.view, true)
		if known == nil {
			known = make(map[*types.Var]bool)
		}
		known[f] = true
	}
	return known
}

// adopts reports whether the objects in a spot, of which a field is stored to
// after they are made, are put there by who stores it.
func (r *rules) adopts(w way) bool {
	for _, st := range r.late[w.field] {
		if !r.adopted[st][w.spot] {
			return false
		}
	}
	return len(r.late[w.field]) > 0
}

// SetBefore returns the late store of an adoption to a field, in the function
// that looks at it, by which the object leads to its new owner and not to who
// may have had it before; or nil.
func (p *Program) SetBefore(at *ssa.FieldAddr) *ssa.Store {
	if p.scan == nil || p.scan.rules == nil {
		return nil
	}
	var set *ssa.Store
	for _, st := range p.scan.rules.lateIn[at.Parent()] {
		if to := st.Addr.(*ssa.FieldAddr); to.X == at.X && to.Field == at.Field {
			if set != nil || p.scan.rules.adopted[st] == nil {
				return nil
			}
			set = st
		}
	}
	return set
}
