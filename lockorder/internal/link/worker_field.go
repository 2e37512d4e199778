package link

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// onlyPut returns what is stored to a field, if one place stores to it.
func (s *scan) onlyPut(f *types.Var) ssa.Value {
	var val ssa.Value
	for _, st := range s.putsIn(f) {
		if isNil(st.Val) {
			continue
		}
		if val != nil {
			return nil
		}
		val = st.Val
	}
	return val
}

// ownField reports whether the slice or channel in a field is always one that
// was made for its object.
func (s *scan) ownField(f *types.Var) bool {
	switch f.Type().Underlying().(type) {
	case *types.Slice, *types.Chan:
	case *types.Signature, *types.Interface: // the function itself
		return true
	default:
		return false
	}
	for _, st := range s.putsIn(f) {
		if !ownContainer(st.Val, f, 0) {
			return false
		}
	}
	return true
}

func ownContainer(v ssa.Value, f *types.Var, depth int) bool {
	if depth > maxHanding {
		return false
	}
	switch v := v.(type) {
	case *ssa.Const, *ssa.MakeChan, *ssa.MakeSlice, *ssa.Alloc:
		return true
	case *ssa.ChangeType:
		return ownContainer(v.X, f, depth+1)
	case *ssa.Slice:
		return ownContainer(v.X, f, depth+1)
	case *ssa.Call:
		return flow.IsBuiltin(v, "append") && ownContainer(v.Call.Args[0], f, depth+1)
	case *ssa.UnOp:
		return loads(v, f)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if e != v && !ownContainer(e, f, depth+1) {
				return false
			}
		}
		return true
	}
	return false
}
