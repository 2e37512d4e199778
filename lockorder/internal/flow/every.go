package flow

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// Every returns p with every element in place of those that a loop comes to one
// by one, if the instruction at, which uses p, is one that each turn comes to.
// It is nil if p depends on another value of the function.
func Every(paths *lock.Paths, p *lock.Path, at ssa.Instruction) *lock.Path {
	if !p.Keyed() || p.Root().Kind == lock.Local {
		return nil
	}
	each := true
	q := paths.Rekey(p, func(key any) any {
		v, ok := key.(ssa.Value)
		if !ok {
			return key
		}
		each = each && eachTurn(v, at)
		return lock.Every
	})
	if !each {
		return nil
	}
	return q
}

// past is what a lock that was taken in a loop is named by in its next turns,
// in which v is another element; nil if not all turns take it.
func (a *analysis) past(h *Held, v ssa.Value) *lock.Path {
	if h.Site.Instr.Parent() != a.fn || !eachTurn(v, h.Site.Instr) {
		return nil
	}
	q := a.host.Paths().Rekey(h.Path, func(key any) any {
		if key == any(v) {
			return lock.Past
		}
		return key
	})
	if q == nil || q.Mentions(v) {
		return nil
	}
	return q
}

// allTaken turns, where a loop has run to its end, what its turns have taken
// and kept into that of every element.
func (a *analysis) allTaken(from *ssa.BasicBlock, s state) state {
	for i := len(s.held) - 1; i >= 0; i-- {
		h := s.held[i]
		at := h.Site.Instr
		if !h.Path.HasElem() || at.Parent() != a.fn || at.Block() == from || !from.Dominates(at.Block()) || !a.sameLoop(at.Block(), from) {
			continue
		}
		p := a.host.Paths().Rekey(h.Path, func(key any) any {
			v, ok := key.(ssa.Value)
			if ok && loopHead(v) == from && eachTurn(v, at) || key == any(lock.Past) {
				return lock.Every
			}
			return key
		})
		if p == nil || p == h.Path {
			continue
		}
		if s.keeps(p, h.Site, i) {
			s = s.dropHeld(i)
			continue
		}
		s.held = append([]Held(nil), s.held...)
		s.held[i].Path = p
	}
	return s
}

// eachTurn reports whether v is the element, or its index, of a loop over all
// of a container, of which each turn comes to an instruction.
func eachTurn(v ssa.Value, at ssa.Instruction) bool {
	head := loopHead(v)
	if head == nil || at == nil || head.Parent() != at.Parent() || !head.Dominates(at.Block()) {
		return false
	}
	turns := false
	for _, back := range head.Preds {
		if !head.Dominates(back) {
			continue
		}
		turns = true
		if !at.Block().Dominates(back) {
			return false
		}
	}
	return turns
}

// loopHead returns the block in which a loop over a container goes on to its
// next element, v, or nil: for range m, for range s, for i := 0; i < len(s); i++.
func loopHead(v ssa.Value) *ssa.BasicBlock {
	switch x := v.(type) {
	case *ssa.Extract:
		if next, ok := x.Tuple.(*ssa.Next); ok && !next.IsString {
			return next.Block()
		}
	case *ssa.BinOp: // of a range
		if phi, ok := x.X.(*ssa.Phi); ok && steps(phi, x, -1) && toTheEnd(x) {
			return x.Block()
		}
	case *ssa.Phi:
		for _, e := range x.Edges {
			if next, ok := e.(*ssa.BinOp); ok && steps(x, next, 0) && toTheEnd(x) {
				return x.Block()
			}
		}
	}
	return nil
}

// steps reports whether phi begins with first and goes on with next, which is
// one more.
func steps(phi *ssa.Phi, next *ssa.BinOp, first int64) bool {
	if next.Op != token.ADD || next.X != ssa.Value(phi) || !isInt(next.Y, 1) {
		return false
	}
	for _, e := range phi.Edges {
		if e != ssa.Value(next) && !isInt(e, first) {
			return false
		}
	}
	return true
}

func isInt(v ssa.Value, n int64) bool {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return false
	}
	i, exact := constant.Int64Val(c.Value)
	return exact && i == n
}

// toTheEnd reports whether a loop goes on while its index i is less than a
// length, and what the index is of is no part of a slice.
func toTheEnd(i ssa.Value) bool {
	ends := false
	for _, r := range *i.Referrers() {
		switch r := r.(type) {
		case *ssa.BinOp:
			ends = ends || r.Op == token.LSS && r.X == i && IsBuiltin(r.Y, "len")
		case *ssa.IndexAddr:
			if part, ok := r.X.(*ssa.Slice); ok && (part.Low != nil || part.High != nil) {
				return false
			}
		}
	}
	return ends
}
