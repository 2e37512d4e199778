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
	told.Blocks = []*ssa.BasicBlock{{Instrs: overlooked(fns, models)}}
	fns = maps.Clone(fns)
	fns[told] = true
	g := vta.CallGraph(fns, nil)
	delete(g.Nodes, told)
	return g
}

// overlooked returns instructions that store what is put where what comes out
// is.
func overlooked(fns map[*ssa.Function]bool, models *model.Set) []ssa.Instruction {
	r, k := &receives{}, newKeeps(models)
	for fn := range fns {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				switch in := in.(type) {
				case ssa.CallInstruction:
					k.call(in)
				default:
					r.see(in)
				}
			}
		}
	}
	var out []ssa.Instruction
	r.elems.Iterate(func(_ types.Type, v any) { out = v.(*conduit).stores(out) })
	for _, c := range k.of {
		out = c.stores(out)
	}
	return out
}

// A conduit is what is put into something, and what comes out of it.
type conduit struct{ put, got []ssa.Value }

// stores appends the stores that say so: into the first that comes out, and from
// there into the others.
func (c *conduit) stores(out []ssa.Instruction) []ssa.Instruction {
	if len(c.got) == 0 {
		return out
	}
	for _, v := range c.put {
		out = append(out, &ssa.Store{Addr: c.got[0], Val: v})
	}
	for _, x := range c.got[1:] {
		out = append(out, &ssa.Store{Addr: x, Val: c.got[0]})
	}
	return out
}

// receives are the channels by the type of their elements: what is sent, and
// what a receive with two results has.
type receives struct{ elems typeutil.Map }

func (r *receives) see(in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.Send:
		r.sent(in.Chan, in.X)
	case *ssa.Select:
		for _, s := range in.States {
			if s.Dir == types.SendOnly {
				r.sent(s.Chan, s.Send)
			}
		}
	case *ssa.UnOp:
		if in.Op != token.ARROW || !in.CommaOk {
			return
		}
		if c := r.at(in.X); c != nil {
			c.got = append(c.got, firstResult(in)...)
		}
	}
}

func (r *receives) sent(ch, v ssa.Value) {
	if c := r.at(ch); c != nil {
		c.put = append(c.put, v)
	}
}

func (r *receives) at(ch ssa.Value) *conduit {
	t, ok := ch.Type().Underlying().(*types.Chan)
	if !ok || !carries(t.Elem()) {
		return nil
	}
	c, ok := r.elems.At(t.Elem()).(*conduit)
	if !ok {
		c = &conduit{}
		r.elems.Set(t.Elem(), c)
	}
	return c
}

// firstResult returns the values that are the first result of an instruction.
func firstResult(v ssa.Value) []ssa.Value {
	if _, several := v.Type().(*types.Tuple); !several {
		return []ssa.Value{v}
	}
	var out []ssa.Value
	for _, r := range *v.Referrers() {
		if x, ok := r.(*ssa.Extract); ok && x.Index == 0 {
			out = append(out, x)
		}
	}
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
