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
	if !IsBuiltin(call, "append") || len(args) != 2 || !ofReferences(call.Type()) {
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
			if !IsBuiltin(r, "copy") || r.Call.Args[0] != ssa.Value(v) {
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

// collected returns the path of the container of which a loop appends each
// element to a new slice, v, and nothing else: all = append(all, x).
func (a *analysis) collected(v *ssa.Phi) *lock.Path {
	if len(v.Edges) != 2 || !ofReferences(v.Type()) {
		return nil
	}
	var from ssa.Value
	begins := false
	for _, e := range v.Edges {
		if call, ok := e.(*ssa.Call); ok && from == nil && IsBuiltin(call, "append") && call.Call.Args[0] == ssa.Value(v) {
			from = eachOf(call, v.Block())
		} else {
			begins = empty(e)
		}
	}
	if from == nil || !begins {
		return nil
	}
	return a.path(from)
}

// eachOf returns the container of whose elements a call of append adds each, in
// a loop with that head.
func eachOf(call *ssa.Call, head *ssa.BasicBlock) ssa.Value {
	put := variadic(call.Call.Args[1])
	if len(put) != 1 {
		return nil
	}
	var from, turn ssa.Value
	switch x := put[0].(type) {
	case *ssa.Extract:
		if next, ok := x.Tuple.(*ssa.Next); ok {
			if r, ok := next.Iter.(*ssa.Range); ok {
				from, turn = r.X, x
			}
		}
	case *ssa.UnOp:
		if at, ok := x.X.(*ssa.IndexAddr); ok {
			from, turn = at.X, at.Index
		}
	}
	if from == nil || loopHead(turn) != head || !eachTurn(turn, call) {
		return nil
	}
	return from
}

// empty reports whether v is a slice without elements: nil, make([]T, 0, n).
func empty(v ssa.Value) bool {
	switch x := v.(type) {
	case *ssa.Const:
		return x.IsNil()
	case *ssa.MakeSlice:
		return isInt(x.Len, 0)
	case *ssa.Slice: // of an array, as n is known
		_, made := x.X.(*ssa.Alloc)
		return made && x.High != nil && isInt(x.High, 0)
	}
	return false
}

// IsBuiltin reports whether v is a call of a builtin function.
func IsBuiltin(v ssa.Value, name string) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := call.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == name
}

// ofReferences reports whether a slice's elements refer to objects, so that a copy
// of the slice has the same objects.
func ofReferences(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	return ok && refers(s.Elem())
}
