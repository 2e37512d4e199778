package flow

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// foundEmpty reports whether a send is to a channel with a buffer in a field, that
// was found empty, or not full, under an exclusive lock of the same object, and to
// which no other function sends: there is room still.
func (a *analysis) foundEmpty(s *state, ch ssa.Value, p *lock.Path) bool {
	if p == nil || p.Kind != lock.Field || !p.Exact() || !slices.ContainsFunc(s.facts, func(f fact) bool { return a.tellsRoom(f, p) }) {
		return false
	}
	under := slices.ContainsFunc(s.held, func(h Held) bool {
		return h.Mode == lock.Exclusive && h.Path.Whole().Base == p.Base
	})
	return under && a.host.SentBy(p.Obj.(*types.Var), a.fn)
}

// tellsRoom reports whether a fact says that a channel is empty, or is not full.
func (a *analysis) tellsRoom(f fact, p *lock.Path) bool {
	if !f.is {
		return false
	}
	if cmp, ok := f.on.v.(*ssa.BinOp); ok {
		return f.val == "true" && cmp.Op == token.LSS && a.measures(cmp.X, "len", p) && a.measures(cmp.Y, "cap", p)
	}
	return f.val == "0" && a.measures(f.on.v, "len", p)
}

// measures reports whether v is a builtin function's value of a channel.
func (a *analysis) measures(v ssa.Value, builtin string, p *lock.Path) bool {
	return IsBuiltin(v, builtin) && a.path(v.(*ssa.Call).Call.Args[0]) == p
}
