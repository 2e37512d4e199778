package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A list is often copied under the lock that guards it, and gone through when
// that is released. The elements of the copy are those of the list: a copy of
// references has the path of what it was copied from.

// appended returns the path of the list that append copies into nothing:
// append([]*T(nil), list...). It is nil for any other call.
func (a *analysis) appended(call *ssa.Call) *lock.Path {
	args := call.Call.Args
	if !isBuiltin(call, "append") || len(args) != 2 || !ofReferences(call.Type()) {
		return nil
	}
	if c, ok := args[0].(*ssa.Const); !ok || !c.IsNil() {
		return nil
	}
	return a.path(args[1])
}

// filled returns the path of the list that is copied into a new slice, if
// that is all that is put into it.
func (a *analysis) filled(v *ssa.MakeSlice) *lock.Path {
	if !ofReferences(v.Type()) {
		return nil
	}
	var from ssa.Value
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.Call:
			if !isBuiltin(r, "copy") || r.Call.Args[0] != ssa.Value(v) {
				continue
			}
			if from != nil {
				return nil
			}
			from = r.Call.Args[1]
		case *ssa.IndexAddr:
			for _, u := range *r.Referrers() {
				if st, ok := u.(*ssa.Store); ok && st.Addr == ssa.Value(r) {
					return nil
				}
			}
		}
	}
	if from == nil {
		return nil
	}
	return a.path(from)
}

func isBuiltin(call *ssa.Call, name string) bool {
	b, ok := call.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == name
}

// ofReferences reports whether a slice's elements refer to objects, so that a copy
// of the slice has the same objects.
func ofReferences(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	return ok && refers(s.Elem())
}
