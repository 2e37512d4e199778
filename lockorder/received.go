package lockorder

import (
	"go/token"
	"go/types"
	"maps"

	"golang.org/x/tools/go/callgraph"
	"golang.org/x/tools/go/callgraph/vta"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// vtaGraph resolves the dynamic calls of fns by VTA, which begins with what the
// class hierarchy allows and looks that up call by call, and tells it what it
// overlooks: the value of a receive with two results, which is what a range
// over a channel is too (x/tools v0.52.0, vta/graph.go: unop knows the receive
// with one result only), and what is fetched from where a model says that it
// was put. Without, whatever a worker takes from a channel of functions or of
// interfaces calls nothing, nor does what is kept in an atomic.Value.
func vtaGraph(prog *ssa.Program, fns map[*ssa.Function]bool, models *model.Set) *callgraph.Graph {
	told := prog.NewFunction("received", new(types.Signature), "what VTA overlooks")
	told.Blocks = []*ssa.BasicBlock{{Instrs: append(received(fns), kept(fns, models)...)}}
	fns = maps.Clone(fns)
	fns[told] = true
	g := vta.CallGraph(fns, nil)
	delete(g.Nodes, told)
	return g
}

// received returns instructions that store what is sent on channels of a type
// where a receive with two results, from channels of that type, has the first.
func received(fns map[*ssa.Function]bool) []ssa.Instruction {
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
	for fn := range fns {
		for _, b := range fn.Blocks {
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
	var out []ssa.Instruction
	elems.Iterate(func(_ types.Type, v any) {
		e := v.(*elem)
		if len(e.received) == 0 {
			return
		}
		for _, x := range e.sent {
			out = append(out, &ssa.Store{Addr: e.received[0], Val: x})
		}
		for _, x := range e.received[1:] {
			out = append(out, &ssa.Store{Addr: x, Val: e.received[0]})
		}
	})
	return out
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
