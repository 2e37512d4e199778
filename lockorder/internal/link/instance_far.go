package link

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/fact"
	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// A store says that a function puts what is passed for a parameter into a spot:
// of what is passed for another, or of what it makes and returns. It is what
// importers need for rules of their own: func (b *Bus) Subscribe(f func()).
type store struct {
	fn    *ssa.Function // of the unit; nil: facts tell
	made  bool
	owner int // the parameter; or, if made, the result
	spot
	value int // a parameter
}

// A storing is a call of a function of another package that makes something
// with an argument in it.
type storing struct {
	call   *ssa.Call
	result int
	spot
	value ssa.Value
}

// keeps notes what a function does with its arguments, for the facts.
func (r *rules) keeps(s store, owner located) {
	if r.p.far != nil && s.owner >= 0 && s.value >= 0 && len(owner.chain) == 0 && s.f.Pkg() == r.p.unit.Pkg {
		r.stores = append(r.stores, s)
	}
}

// call notes what a function of another package does with the arguments of a
// call.
func (r *rules) call(in ssa.CallInstruction) {
	f := in.Common().StaticCallee()
	if f == nil || len(f.Blocks) > 0 {
		return
	}
	ff := r.p.farOf(f)
	if ff == nil {
		return
	}
	args := in.Common().Args
	for _, s := range ff.stores {
		if s.value >= len(args) || !s.made && s.owner >= len(args) {
			continue
		}
		r.open[s.spot] = true
		if !s.made {
			r.puts = append(r.puts, put{spot: s.spot, owner: args[s.owner], value: args[s.value], fn: in.Parent()})
		} else if call, ok := in.(*ssa.Call); ok {
			r.calls = append(r.calls, storing{call, s.owner, s.spot, args[s.value]})
		}
	}
}

// constructedFar returns the fields of what a constructor of another package
// makes, as far as facts tell.
func (r *rules) constructedFar(call *ssa.Call, f *ssa.Function, result int) (map[*types.Var]located, bool) {
	ff := r.p.farOf(f)
	if ff == nil {
		return nil, false
	}
	var out map[*types.Var]located
	for _, s := range ff.stores {
		if s.made && s.owner == result && !s.elem && s.value < len(call.Call.Args) {
			if out == nil {
				out = make(map[*types.Var]located)
			}
			if _, twice := out[s.f]; twice {
				out[s.f] = located{}
			} else {
				out[s.f] = r.p.locate(call.Call.Args[s.value])
			}
		}
	}
	return out, out != nil
}

// stores writes what the unit's functions do with their arguments, where
// nothing else is known to be put there.
func (e *encoder) stores() {
	seen := make(map[store]bool)
	for _, s := range e.p.scan.rules.stores {
		if seen[s] || e.p.scan.rules.unknown[s.spot] || e.p.names.FieldName(s.f).Key == "" {
			continue
		}
		seen[s] = true
		e.out.Stores = append(e.out.Stores, fact.Store{Fn: e.text(flow.FuncKey(s.fn)), Owner: s.owner, Made: s.made, Field: e.field(s.f), Elem: s.elem, Value: s.value})
	}
}
