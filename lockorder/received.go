package lockorder

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"
)

// withReceived calls f with instructions in the functions that tell VTA what
// it overlooks: the value of a receive with two results, which is what a range
// over a channel is too (x/tools v0.52.0, vta/graph.go: unop knows the receive
// with one result only). Without, whatever a worker takes from a channel of
// functions or of interfaces calls nothing. The instructions store what is sent
// on channels of a type where such a receive of that type has its result; they
// are gone when f returns.
func withReceived(fns map[*ssa.Function]bool, f func()) {
	type elem struct {
		sent     []ssa.Value
		received []ssa.Value
	}
	var elems typeutil.Map
	at := func(ch ssa.Value) *elem {
		c, ok := ch.Type().Underlying().(*types.Chan)
		if !ok || !carries(c.Elem()) {
			return nil
		}
		e, ok := elems.At(c.Elem()).(*elem)
		if !ok {
			e = &elem{}
			elems.Set(c.Elem(), e)
		}
		return e
	}
	var home *ssa.BasicBlock
	for fn := range fns {
		for _, b := range fn.Blocks {
			home = b
			for _, in := range b.Instrs {
				switch in := in.(type) {
				case *ssa.Send:
					if e := at(in.Chan); e != nil {
						e.sent = append(e.sent, in.X)
					}
				case *ssa.Select:
					for _, s := range in.States {
						if s.Dir != types.SendOnly {
							continue
						}
						if e := at(s.Chan); e != nil {
							e.sent = append(e.sent, s.Send)
						}
					}
				case *ssa.UnOp:
					if in.Op != token.ARROW || !in.CommaOk {
						continue
					}
					if e := at(in.X); e != nil {
						for _, r := range *in.Referrers() {
							if x, ok := r.(*ssa.Extract); ok && x.Index == 0 {
								e.received = append(e.received, x)
							}
						}
					}
				}
			}
		}
	}
	if home == nil {
		f()
		return
	}
	before := home.Instrs
	after := before[:len(before):len(before)]
	elems.Iterate(func(_ types.Type, v any) {
		e := v.(*elem)
		if len(e.received) == 0 {
			return
		}
		for _, x := range e.sent {
			after = append(after, &ssa.Store{Addr: e.received[0], Val: x})
		}
		for _, x := range e.received[1:] {
			after = append(after, &ssa.Store{Addr: x, Val: e.received[0]})
		}
	})
	home.Instrs = after
	defer func() { home.Instrs = before }()
	f()
}

// carries reports whether VTA follows values of the type.
func carries(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	switch t.Underlying().(type) {
	case *types.Interface, *types.Signature:
		return true
	}
	return false
}
