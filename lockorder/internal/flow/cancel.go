package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Cancelled reports whether a select has a case that a context ends when it is
// cancelled. Nobody cancels as a matter of course: who waits for something else
// besides is taken to wait for that.
func Cancelled(sel *ssa.Select) bool {
	for _, c := range sel.States {
		if cancelled(c) {
			return true
		}
	}
	return false
}

// cancelled reports whether a case of a select receives from the channel of a
// context that others cancel. One with a deadline ends by itself.
func cancelled(c *ssa.SelectState) bool {
	call, ok := c.Chan.(*ssa.Call)
	if c.Dir != types.RecvOnly || !ok || !call.Call.IsInvoke() {
		return false
	}
	m := call.Call.Method
	return m.Name() == "Done" && m.Pkg() != nil && m.Pkg().Path() == "context" && lasting(call.Call.Value, 0)
}

// maxDerived bounds the steps by which a context is followed to its origin.
const maxDerived = 8

// lasting reports whether a context comes from elsewhere, or from one that
// does, with no deadline and nothing to cancel it that is made on the way.
func lasting(ctx ssa.Value, depth int) bool {
	if depth > maxDerived {
		return false
	}
	switch v := ctx.(type) {
	case *ssa.Parameter, *ssa.Field:
		return true
	case *ssa.ChangeInterface:
		return lasting(v.X, depth+1)
	case *ssa.UnOp:
		return lastingAt(v.X, depth)
	case *ssa.Call:
		if f := v.Call.StaticCallee(); f != nil && f.String() == "context.WithValue" {
			return lasting(v.Call.Args[0], depth+1)
		}
	}
	return false
}

// lastingAt is lasting for the context at an address.
func lastingAt(addr ssa.Value, depth int) bool {
	switch v := addr.(type) {
	case *ssa.FieldAddr, *ssa.Global:
		return true
	case *ssa.FreeVar:
		alloc := Variable(v)
		return alloc != nil && lastingAt(alloc, depth+1)
	case *ssa.Alloc:
		st := OnlyStore(v)
		return st != nil && lasting(st.Val, depth+1)
	}
	return false
}
