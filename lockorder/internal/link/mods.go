package link

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/scc"
)

// Mods tells what a call may change of the memory that branches depend on: for
// each function the fields and package variables that it, or what it calls,
// stores to. Objects are not told apart, except that a store to an object made
// on the spot changes no other.
//
// Only what some branch looks at is numbered. Reflection and assembly are taken
// to change nothing.
type mods struct {
	index map[*types.Var]int        // of what branches look at
	of    map[*ssa.Function]*varSet // shared by those that call each other
	near  map[*ssa.Function]*varSet // as of, through static calls only
	any   varSet                    // what is stored to anywhere
}

// varSet is a set of numbered variables.
type varSet []uint64

func (s varSet) has(i int) bool { return i/64 < len(s) && s[i/64]&(1<<(i%64)) != 0 }

func (s *varSet) add(i int) {
	for len(*s) <= i/64 {
		*s = append(*s, 0)
	}
	(*s)[i/64] |= 1 << (i % 64)
}

func (s *varSet) union(t varSet) {
	for len(*s) < len(t) {
		*s = append(*s, 0)
	}
	for i, w := range t {
		(*s)[i] |= w
	}
}

// Modifies reports whether a call of f may change the field or variable v; of
// nil, whether anybody may. What lies outside of the view may change anything.
// Plainly: f itself, or a function that it, and so on, names.
func (p *Program) Modifies(f *ssa.Function, v *types.Var, plainly bool) bool {
	m := p.mods()
	i, looked := m.index[v.Origin()]
	switch {
	case !looked:
		return true
	case f == nil:
		return p.far != nil && (v.Exported() || v.Pkg() != p.unit.Pkg) || m.any.has(i)
	case p.far != nil && p.farOf(f) != nil:
		return true
	}
	s := m.of[f]
	if plainly {
		s = m.near[f]
	}
	return s != nil && s.has(i)
}

// changes is what each function does itself, and whom it calls, as far as no
// call graph is needed: by the function's number, its place in fns.
type changes struct {
	index  map[*types.Var]int // of what branches look at
	own    []*varSet
	number map[*ssa.Function]int
	calls  [][]int // before it returns: static calls,
	hands  [][]int // and functions handed to a call, which it may call too
}

func (p *Program) findChanges(fns []*ssa.Function) *changes {
	st := &changes{index: make(map[*types.Var]int), own: make([]*varSet, len(fns)), number: make(map[*ssa.Function]int, len(fns))}
	seen := make(map[ssa.Value]bool)
	for i, f := range fns {
		st.number[f] = i
		clear(seen)
		for _, b := range f.Blocks {
			if in, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
				st.look(in.Cond, seen)
			}
		}
	}
	static, handed := newCalls(st.number), newCalls(st.number)
	for i, f := range fns {
		st.own[i] = st.of(f)
		eachCall(f, func(c *ssa.CallCommon) {
			if g := c.StaticCallee(); g != nil {
				static.add(i, g)
			}
			for _, a := range c.Args {
				switch a := a.(type) {
				case *ssa.Function:
					handed.add(i, a)
				case *ssa.MakeClosure:
					handed.add(i, a.Fn.(*ssa.Function))
				}
			}
		})
	}
	st.calls, st.hands = static.of, handed.of
	return st
}

func (p *Program) findMods() *mods {
	st, fns := p.changes, p.scan.fns
	p.changes = nil
	m := &mods{index: st.index}
	for _, own := range st.own {
		m.any.union(*own)
	}
	m.near = closeMods(fns, st.own, st.calls)
	dynamic := newCalls(st.number)
	for i, f := range fns {
		p.calls.dynamic(f, func(site ssa.CallInstruction, g *ssa.Function) {
			if _, ok := site.(*ssa.Go); !ok {
				dynamic.add(i, g)
			}
		})
	}
	m.of = closeMods(fns, st.own, st.calls, st.hands, dynamic.of)
	return m
}

// closeMods adds to what each function stores what those it calls store.
func closeMods(fns []*ssa.Function, own []*varSet, calls ...[][]int) map[*ssa.Function]*varSet {
	of := make(map[*ssa.Function]*varSet, len(fns))
	for _, c := range scc.Components(len(fns), func(v int, visit func(int)) {
		for _, of := range calls {
			for _, w := range of[v] {
				visit(w)
			}
		}
	}) {
		var all varSet
		for _, v := range c {
			all.union(*own[v])
			for _, kind := range calls {
				for _, w := range kind[v] {
					if s := of[fns[w]]; s != nil {
						all.union(*s)
					}
				}
			}
		}
		for _, v := range c {
			of[fns[v]] = &all
		}
	}
	return of
}

// calls lists, by its number, what each function calls, each callee once.
type calls struct {
	number map[*ssa.Function]int
	of     [][]int
	last   []int // by callee: the last caller's number, and one
}

func newCalls(number map[*ssa.Function]int) *calls {
	return &calls{number: number, of: make([][]int, len(number)), last: make([]int, len(number))}
}

func (c *calls) add(caller int, g *ssa.Function) {
	if w, ok := c.number[g]; ok && c.last[w] != caller+1 {
		c.last[w] = caller + 1
		c.of[caller] = append(c.of[caller], w)
	}
}

// eachCall visits the calls that f makes before it returns.
func eachCall(f *ssa.Function, visit func(*ssa.CallCommon)) {
	for _, b := range f.Blocks {
		for _, in := range b.Instrs {
			if _, ok := in.(*ssa.Go); ok {
				continue
			}
			if call, ok := in.(ssa.CallInstruction); ok {
				visit(call.Common())
			}
		}
	}
}

// look numbers the fields and variables that a condition depends on.
func (st *changes) look(v ssa.Value, seen map[ssa.Value]bool) {
	if seen[v] {
		return
	}
	seen[v] = true
	number := func(f *types.Var) {
		if _, ok := st.index[f]; !ok {
			st.index[f] = len(st.index)
		}
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		st.look(v.X, seen)
	case *ssa.BinOp:
		st.look(v.X, seen)
		st.look(v.Y, seen)
	case *ssa.Phi:
		for _, e := range v.Edges {
			st.look(e, seen)
		}
	case *ssa.FieldAddr:
		number(fieldVar(v))
		st.look(v.X, seen)
	case *ssa.Field:
		number(v.X.Type().Underlying().(*types.Struct).Field(v.Field).Origin())
		st.look(v.X, seen)
	case *ssa.Global:
		if g, ok := v.Object().(*types.Var); ok {
			number(g)
		}
	case *ssa.Extract:
		st.look(v.Tuple, seen)
	case *ssa.TypeAssert:
		st.look(v.X, seen)
	}
}

// of returns what a function itself stores to, or gives the address of away:
// who has the address may store to it.
func (st *changes) of(f *ssa.Function) *varSet {
	s := new(varSet)
	add := func(v *types.Var) {
		if i, ok := st.index[v.Origin()]; ok {
			s.add(i)
		}
	}
	var rands [16]*ssa.Value
	for _, b := range f.Blocks {
		for _, in := range b.Instrs {
			if store, ok := in.(*ssa.Store); ok {
				if _, made := store.Addr.(*ssa.Alloc); !made {
					st.whole(store.Val.Type(), s, 0)
				}
			}
			for _, op := range in.Operands(rands[:0]) {
				switch x := (*op).(type) {
				case *ssa.FieldAddr:
					if _, made := x.X.(*ssa.Alloc); !made && !looksOnly(in, x) {
						add(fieldVar(x))
					}
				case *ssa.Global:
					if g, ok := x.Object().(*types.Var); ok && !looksOnly(in, x) {
						add(g)
					}
				}
			}
		}
	}
	return s
}

// looksOnly reports whether an instruction with the address of a field or a
// variable as an operand loads from it, or goes on to a part of it.
func looksOnly(in ssa.Instruction, addr ssa.Value) bool {
	switch in := in.(type) {
	case *ssa.UnOp, *ssa.DebugRef, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Slice:
		return true
	case ssa.CallInstruction: // a method of the field's own type
		f := in.Common().StaticCallee()
		if f == nil || len(in.Common().Args) == 0 || in.Common().Args[0] != addr || f.Signature.Recv() == nil {
			return false
		}
		_, ok := addr.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
		return ok
	}
	return false
}

// whole adds the fields of a struct that is stored as a whole.
func (st *changes) whole(t types.Type, s *varSet, depth int) {
	fields, ok := t.Underlying().(*types.Struct)
	if !ok || depth > 4 {
		return
	}
	for i := range fields.NumFields() {
		f := fields.Field(i)
		if n, ok := st.index[f.Origin()]; ok {
			s.add(n)
		}
		st.whole(f.Type(), s, depth+1)
	}
}
