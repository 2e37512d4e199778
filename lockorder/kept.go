package lockorder

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// A keep is what is put into a field or variable, and what is fetched from it,
// by calls of which models tell.
type keep struct{ put, got []ssa.Value }

// kept returns instructions that store what is put where what is fetched is.
func kept(fns map[*ssa.Function]bool, models *model.Set) []ssa.Instruction {
	keeps := make(map[any]*keep)
	rows := make(map[*ssa.Function]*model.Model)
	for fn := range fns {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				site, ok := in.(ssa.CallInstruction)
				if !ok {
					continue
				}
				f := site.Common().StaticCallee()
				if f == nil || f.Signature.Recv() == nil {
					continue
				}
				m, ok := rows[f]
				if !ok {
					m = models.Lookup(flow.ModelName(f))
					rows[f] = m
				}
				if m != nil {
					keeping(keeps, site, m)
				}
			}
		}
	}
	var out []ssa.Instruction
	for _, k := range keeps {
		for i, x := range k.got {
			if i > 0 {
				out = append(out, &ssa.Store{Addr: x, Val: k.got[0]})
				continue
			}
			for _, v := range k.put {
				out = append(out, &ssa.Store{Addr: x, Val: v})
			}
		}
	}
	return out
}

// keeping notes what a call puts and fetches.
func keeping(keeps map[any]*keep, site ssa.CallInstruction, m *model.Model) {
	args := site.Common().Args
	of := func(e model.Expr) *keep {
		if e.Operand != model.Arg || e.Index >= len(args) {
			return nil
		}
		at := keeper(args[e.Index])
		if keeps[at] == nil && at != nil {
			keeps[at] = &keep{}
		}
		return keeps[at]
	}
	for _, c := range m.Clauses {
		switch c.Verb {
		case model.Stores:
			if k := of(*c.In); k != nil && c.Expr.Index < len(args) {
				k.put = append(k.put, args[c.Expr.Index])
			}
		case model.Returns:
			if k := of(c.Expr); k != nil {
				k.got = append(k.got, firstResult(site)...)
			}
		case model.Calls:
			for i, e := range c.Args {
				if k := of(e); k != nil && e.Elem && c.Expr.Index < len(args) {
					k.got = append(k.got, parameter(args[c.Expr.Index], i)...)
				}
			}
		}
	}
}

// keeper returns the field or variable that something is put into, or nil.
func keeper(v ssa.Value) any {
	switch x := v.(type) {
	case *ssa.FieldAddr:
		return x.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct).Field(x.Field).Origin()
	case *ssa.Global:
		return x
	case *ssa.UnOp:
		if x.Op == token.MUL {
			return keeper(x.X)
		}
	}
	return nil
}

// firstResult returns the value that is the first result of a call, if it is
// used.
func firstResult(site ssa.CallInstruction) []ssa.Value {
	call := site.Value()
	if call == nil {
		return nil
	}
	if _, several := call.Type().(*types.Tuple); !several {
		return []ssa.Value{call}
	}
	var out []ssa.Value
	for _, r := range *call.Referrers() {
		if x, ok := r.(*ssa.Extract); ok && x.Index == 0 {
			out = append(out, x)
		}
	}
	return out
}

// parameter returns the i'th parameter of a function value, where that is known.
func parameter(f ssa.Value, i int) []ssa.Value {
	if mk, ok := f.(*ssa.MakeClosure); ok {
		f = mk.Fn
	}
	if fn, ok := f.(*ssa.Function); ok && i < len(fn.Params) {
		return []ssa.Value{fn.Params[i]}
	}
	return nil
}
