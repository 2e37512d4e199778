package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A handle has a lock of its owner until it is closed; then a field of it that led
// to the owner is nil. To close it again does nothing.

// A taking is a lock that the function takes, itself or by a callee that keeps it.
type taking struct {
	path *lock.Path
	site ssa.Instruction
}

func (a *analysis) takes(p *lock.Path, site ssa.Instruction) {
	if t := (taking{p, site}); !slices.Contains(a.took, t) {
		a.took = append(a.took, t)
	}
}

// openHandle reports whether a lock that is not held at a call may be held by who
// called this function, for a handle of his: it is reached through a field that
// its releaser sets to nil when the handle is closed, and the function has neither
// taken nor released it before. A handle in a field that changes is not his: whose
// lock it has then, nobody on the way back can tell.
func (a *analysis) openHandle(s *state, p *lock.Path, releaser *ssa.Function, site ssa.CallInstruction) bool {
	r := p.Root()
	alloc, _ := r.Key.(*ssa.Alloc)
	captured := r.Kind == lock.Local && alloc != nil && alloc.Parent() != a.fn
	if r.Kind != lock.Param && r.Kind != lock.Free && !captured || s.findHole(p) >= 0 {
		return false
	}
	handle := false
	for q := p.Base; q.Base != nil; q = q.Base {
		if q.Kind != lock.Field {
			return false
		}
		f := q.Obj.(*types.Var)
		switch {
		case !refers(f.Type()): // a part of its object
		case a.host.Dropped(f) && a.host.Modifies(releaser, f, true):
			handle = true
		case handle && !a.host.Constant(f):
			return false
		}
	}
	_, last := site.(*ssa.Defer)
	return handle && !slices.ContainsFunc(a.took, func(t taking) bool {
		return (SameLock(t.path, p) || a.mayAlias(t.path, p)) && (last || a.before(t.site, site, nil))
	})
}
