package link

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// oneEach reports whether a channel has room for one value from each goroutine
// that is given it: who makes it starts them in a loop of as many rounds as its
// buffer has places, and none sends twice.
//
//	done := make(chan error, 3)
//	for i := 0; i < 3; i++ {
//		go func() { done <- work(i) }()
//	}
func oneEach(mk *ssa.MakeChan, size int64) bool {
	given := false
	for _, b := range mk.Parent().Blocks {
		for _, in := range b.Instrs {
			start, ok := in.(*ssa.Go)
			if !ok {
				continue
			}
			for _, ch := range givenTo(mk, start) {
				if given || rounds(b) != size || !sendsOnce(ch) {
					return false
				}
				given = true
			}
		}
	}
	return given
}

// givenTo returns what a goroutine knows a channel by: parameters and captured
// variables.
func givenTo(mk *ssa.MakeChan, start *ssa.Go) []ssa.Value {
	var list []ssa.Value
	if f := start.Call.StaticCallee(); f != nil {
		for i, arg := range start.Call.Args {
			if c, ok := arg.(*ssa.ChangeType); ok {
				arg = c.X // to one direction
			}
			if arg == mk && i < len(f.Params) {
				list = append(list, f.Params[i])
			}
		}
	}
	if c, ok := start.Call.Value.(*ssa.MakeClosure); ok {
		for i, v := range c.Bindings {
			if v == mk || holdsChan(v, mk) {
				list = append(list, c.Fn.(*ssa.Function).FreeVars[i])
			}
		}
	}
	return list
}

// holdsChan reports whether a variable has the channel stored in it.
func holdsChan(v ssa.Value, mk *ssa.MakeChan) bool {
	for _, r := range *mk.Referrers() {
		if st, ok := r.(*ssa.Store); ok && st.Val == mk && st.Addr == v {
			return true
		}
	}
	return false
}

// rounds is how often the innermost loop around a block goes round, if that is
// a constant that a counter is compared with; 0 otherwise.
func rounds(b *ssa.BasicBlock) int64 {
	for ; b != nil; b = b.Idom() {
		for _, d := range b.Preds {
			test, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
			if !ok || d.Succs[0] != b || !leadsTo(b, d) {
				continue
			}
			cond, ok := test.Cond.(*ssa.BinOp)
			if !ok || cond.Op != token.LSS {
				return 0
			}
			n, ok := cond.Y.(*ssa.Const)
			if !ok || n.Value == nil {
				return 0
			}
			return n.Int64()
		}
	}
	return 0
}

// sendsOnce reports whether at most one value is sent to a channel, known by
// any of vs in one function, and the channel is not handed on.
func sendsOnce(vs ...ssa.Value) bool {
	var sends []*ssa.Send
	for len(vs) > 0 {
		v := vs[len(vs)-1]
		vs = vs[:len(vs)-1]
		for _, r := range *v.Referrers() {
			switch r := r.(type) {
			case *ssa.Send:
				if r.X == v {
					return false
				}
				sends = append(sends, r)
			case *ssa.UnOp:
				if r.Op == token.MUL {
					vs = append(vs, r)
				}
			case *ssa.DebugRef:
			default:
				return false
			}
		}
	}
	for _, a := range sends {
		for _, b := range sends {
			if written(a, b) && (a != b || loops(a)) {
				return false
			}
		}
	}
	return true
}
