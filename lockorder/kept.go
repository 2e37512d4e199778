package lockorder

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// keeps are the fields and variables that values are put into, and fetched from,
// by calls of which models tell.
type keeps struct {
	models *model.Set
	rows   map[*ssa.Function]*model.Model
	of     map[any]*conduit
}

func newKeeps(models *model.Set) *keeps {
	return &keeps{models, make(map[*ssa.Function]*model.Model), make(map[any]*conduit)}
}

// call notes what a call puts and fetches.
func (k *keeps) call(site ssa.CallInstruction) {
	f := site.Common().StaticCallee()
	if f == nil || f.Signature.Recv() == nil {
		return
	}
	m, ok := k.rows[f]
	if !ok {
		m = k.models.Lookup(flow.ModelName(f))
		k.rows[f] = m
	}
	if m == nil {
		return
	}
	args := site.Common().Args
	for _, c := range m.Clauses {
		switch c.Verb {
		case model.Stores:
			if at := k.at(args, *c.In); at != nil && c.Expr.Index < len(args) {
				at.put = append(at.put, args[c.Expr.Index])
			}
		case model.Returns:
			if at := k.at(args, c.Expr); at != nil && site.Value() != nil {
				at.got = append(at.got, firstResult(site.Value())...)
			}
		case model.Calls:
			for i, e := range c.Args {
				if at := k.at(args, e); at != nil && e.Elem && c.Expr.Index < len(args) {
					at.got = append(at.got, parameter(args[c.Expr.Index], i)...)
				}
			}
		}
	}
}

// at returns what is known of the field or variable that is an argument, or nil.
func (k *keeps) at(args []ssa.Value, e model.Expr) *conduit {
	if e.Operand != model.Arg || e.Index >= len(args) {
		return nil
	}
	at := keeper(args[e.Index])
	if k.of[at] == nil && at != nil {
		k.of[at] = &conduit{}
	}
	return k.of[at]
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
