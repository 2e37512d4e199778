package link

import (
	"go/token"
	"slices"

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

// findsRoom reports whether a send is into a channel that its block has made,
// with a buffer of constant size that the function's sends do not fill, and of
// which nobody else can know yet: the block has called nobody in between.
func findsRoom(in ssa.Instruction) bool {
	send, ok := in.(*ssa.Send)
	if !ok {
		return false
	}
	block := send.Block().Instrs
	for i := slices.Index(block, in) - 1; i >= 0; i-- {
		switch x := block[i].(type) {
		case ssa.CallInstruction, *ssa.Select:
			return false
		case *ssa.Store:
			if mk, ok := x.Val.(*ssa.MakeChan); ok && loadsFrom(send.Chan, x.Addr) {
				return hasRoom(mk, func(ch ssa.Value) bool { return loadsFrom(ch, x.Addr) })
			}
		case *ssa.MakeChan:
			if x == send.Chan {
				return hasRoom(x, func(ch ssa.Value) bool { return ch == x })
			}
		}
	}
	return false
}

// hasRoom reports whether the buffer of a channel has a place for each send of
// its function.
func hasRoom(mk *ssa.MakeChan, same func(ch ssa.Value) bool) bool {
	size, ok := mk.Size.(*ssa.Const)
	if !ok || size.Value == nil {
		return false
	}
	left := size.Int64()
	for _, b := range mk.Parent().Blocks {
		for _, in := range b.Instrs {
			if send, ok := in.(*ssa.Send); ok && same(send.Chan) {
				left--
			}
		}
	}
	return left >= 0
}

// loadsFrom reports whether what was loaded is what is at an address: the same
// variable, or the same field of the same object.
func loadsFrom(loaded, addr ssa.Value) bool {
	load, ok := loaded.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return false
	}
	a, b := addr, load.X
	for range 8 {
		if a == b {
			return true
		}
		switch x := a.(type) {
		case *ssa.FieldAddr:
			y, ok := b.(*ssa.FieldAddr)
			if !ok || x.Field != y.Field {
				return false
			}
			a, b = x.X, y.X
		case *ssa.UnOp:
			y, ok := b.(*ssa.UnOp)
			if !ok || x.Op != token.MUL || y.Op != token.MUL {
				return false
			}
			a, b = x.X, y.X
		default:
			return false
		}
	}
	return false
}
