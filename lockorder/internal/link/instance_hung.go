package link

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A hook may close over what holds the object on which it hangs: in
// x.agent.OnState(x.changed) it comes back to x, who calls it through x.agent.

// A hanging says by which chain of fields what a hook closes over leads to the
// object that has the hook. All stores of the hook must say the same.
type hanging struct {
	chain []*types.Var // nil: they do not
}

// hang takes in that l is closed over by a hook that is put into a spot of an
// object which is at holder.
func (r *rules) hang(w way, l, holder located) {
	var chain []*types.Var
	if n := len(l.chain); l.root == holder.root && l.root != nil && n < len(holder.chain) && sameFields(l.chain, holder.chain[:n]) && !l.view && !holder.view {
		chain = holder.chain[n:]
	}
	if h := r.hung[w]; h == nil {
		r.hung[w] = &hanging{chain}
	} else if !sameFields(h.chain, chain) {
		h.chain = nil
	}
}

// holder is where the owner of a hook is kept, if it was made on the spot, and
// is kept in what the hook closes over.
func (r *rules) holder(owner located, hook *ssa.MakeClosure) located {
	if len(owner.chain) > 0 || owner.root == nil || owner.root.Referrers() == nil {
		return owner
	}
	switch owner.root.(type) {
	case *ssa.Alloc, *ssa.Call, *ssa.Extract:
	default:
		return owner
	}
	roots := r.closesOver(located{root: hook})
	for _, ref := range *owner.root.Referrers() {
		at := owner
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Val == owner.root {
				at = r.p.locate(ref.Addr)
			}
		case *ssa.MapUpdate:
			if ref.Value == owner.root {
				at = r.p.locate(ref.Map).plus([]*types.Var{nil})
			}
		}
		if len(at.chain) > 0 && slices.Contains(roots, at.root) {
			return at
		}
	}
	return owner
}

// holding returns the object to which what a hook closes over leads back: q
// selects it from the hook.
func (p *Program) holding(q *lock.Path) *lock.Path {
	s, field := spotOf(q.Base)
	if field == nil {
		return nil
	}
	r := p.scan.rules
	h := r.hung[way{spot: s, fn: q.Name, bind: q.Index}]
	if h == nil || r.unknown[s] {
		return nil
	}
	at := field.Base
	for i := len(h.chain) - 1; i >= 0; i-- {
		f := h.chain[i]
		if at == nil || f == nil && at.Kind != lock.Elem || f != nil && (at.Kind != lock.Field || at.Obj != types.Object(f) || r.varies[f]) {
			return nil
		}
		if !s.elem && r.sharedAt(at) {
			return nil
		}
		at = at.Base
	}
	if len(h.chain) == 0 {
		return nil
	}
	return at
}

// sharedAt reports whether what is in the field, or the elements, that a path
// names may be in others too.
func (r *rules) sharedAt(at *lock.Path) bool {
	s, field := spotOf(at)
	return field == nil || r.shared[s] || r.unknown[s]
}
