package link

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// A located value is where a value comes from, within one function and the
// closures in it: a root, and what is selected from it (nil: an element).
type located struct {
	root  ssa.Value
	chain []*types.Var
	view  bool // the read side of it
}

// locate follows a value back to its root: through conversions, loads, the
// variables that are assigned once, and what a model returns.
func (p *Program) locate(v ssa.Value) located {
	var l located
	for range 64 {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.TypeAssert:
			v = x.X
		case *ssa.Slice:
			v = x.X
		case *ssa.FieldAddr:
			l.select_(fieldVar(x))
			v = x.X
		case *ssa.Field:
			l.select_(x.X.Type().Underlying().(*types.Struct).Field(x.Field).Origin())
			v = x.X
		case *ssa.IndexAddr:
			l.select_(nil)
			v = x.X
		case *ssa.Index:
			l.select_(nil)
			v = x.X
		case *ssa.Lookup:
			l.select_(nil)
			v = x.X
		case *ssa.Extract:
			next := p.locateExtract(x, &l)
			if next == nil {
				l.root = x
				return l
			}
			v = next
		case *ssa.UnOp:
			if x.Op != token.MUL {
				l.root = x
				return l
			}
			v = x.X
		case *ssa.FreeVar:
			alloc := flow.Variable(x)
			if alloc == nil {
				l.root = x
				return l
			}
			v = alloc
		case *ssa.Alloc:
			s := flow.OnlyStore(x)
			if s == nil {
				l.root = x
				return l
			}
			v = s.Val
		case *ssa.Call:
			if next, c := p.locateCall(x); next != nil {
				if c.Expr.Elem {
					l.select_(nil)
				}
				v, l.view = next, l.view || c.Mode == lock.Shared
				continue
			}
			next, chain := p.locateGetter(x)
			if next == nil {
				l.root = x
				return l
			}
			v, l.chain = next, append(chain[:len(chain):len(chain)], l.chain...)
		default:
			l.root = v
			return l
		}
	}
	l.root = v
	return l
}

func (l *located) select_(f *types.Var) { l.chain = append([]*types.Var{f}, l.chain...) }

func (p *Program) locateExtract(x *ssa.Extract, l *located) ssa.Value {
	switch t := x.Tuple.(type) {
	case *ssa.Lookup, *ssa.TypeAssert:
		if x.Index == 0 {
			return t
		}
	case *ssa.Call:
		if next, _ := p.locateCall(t); next != nil && x.Index == 0 {
			return t
		}
	case *ssa.Next:
		r, ok := t.Iter.(*ssa.Range)
		if !ok {
			return nil
		}
		m, isMap := r.X.Type().Underlying().(*types.Map)
		if x.Index == 2 || x.Index == 1 && isMap && !leadsOn(m.Elem()) {
			l.select_(nil)
			return r.X
		}
	}
	return nil
}

// locateCall returns the argument that a model says the call returns (its read
// side, or what was put into it), and the clause that says so.
func (p *Program) locateCall(x *ssa.Call) (ssa.Value, *model.Clause) {
	f := x.Call.StaticCallee()
	if f == nil {
		return nil, nil
	}
	m := p.Model(f)
	if m == nil {
		return nil, nil
	}
	for i := range m.Clauses {
		c := &m.Clauses[i]
		if c.Verb == model.Returns && c.Expr.Operand == model.Arg && len(c.Expr.Fields) == 0 && c.Expr.Index < len(x.Call.Args) {
			return x.Call.Args[c.Expr.Index], c
		}
	}
	return nil, nil
}

// locateGetter returns the argument from which a function's result is selected,
// and the selectors.
func (p *Program) locateGetter(x *ssa.Call) (ssa.Value, []*types.Var) {
	f := x.Call.StaticCallee()
	if f == nil || len(f.Blocks) == 0 || f.Signature.Results().Len() != 1 {
		return nil, nil
	}
	g, ok := p.getters[f]
	if !ok {
		p.getters[f] = located{} // recursion
		g = p.getter(f)
		p.getters[f] = g
	}
	if q, ok := g.root.(*ssa.Parameter); ok && !g.view {
		if a := argument(x, f, q); a != nil {
			return a, g.chain
		}
	}
	return nil, nil
}

// getter locates what every return of f gives.
func (p *Program) getter(f *ssa.Function) located {
	var all located
	for _, b := range f.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		l := p.locate(ret.Results[0])
		if _, ok := l.root.(*ssa.Parameter); !ok || all.root != nil && (all.root != l.root || !sameFields(all.chain, l.chain)) {
			return located{}
		}
		all = l
	}
	return all
}

// above returns the field of l's object that leads to the owner, or nil.
func (l located) above(owner located) *types.Var {
	n := len(l.chain)
	if l.root == nil || l.root != owner.root || l.view || owner.view || len(owner.chain) != n+1 || !sameFields(l.chain, owner.chain[:n]) {
		return nil
	}
	return owner.chain[n]
}

// from returns how l is reached from what holds it in its last selector or two:
// what is selected from owner to come to l.
func (l located) from(owner located) ([]*types.Var, bool) {
	if l.root != owner.root || len(owner.chain) > len(l.chain) || owner.view {
		return nil, false
	}
	for i, f := range owner.chain {
		if f == nil || l.chain[i] != f {
			return nil, false
		}
	}
	return l.chain[len(owner.chain):], true
}

// up drops the last n selectors.
func (l located) up(n int) (located, bool) {
	if n > len(l.chain) {
		return l, false
	}
	return located{root: l.root, chain: l.chain[:len(l.chain)-n]}, true
}

// plus selects further.
func (l located) plus(chain []*types.Var) located {
	return located{root: l.root, chain: append(l.chain[:len(l.chain):len(l.chain)], chain...), view: l.view}
}
