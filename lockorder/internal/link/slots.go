package link

import (
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// A slot is where an interface or a function stays between the package that
// calls it and the package that knows it: a field, a package variable, a
// parameter. Within a unit slots and values make a graph of assignments, as
// in variable type analysis (Sundaresan et al.: Practical virtual method call
// resolution for Java, OOPSLA 2000), by which the calls are resolved that
// facts leave open. Of the graph, importers need what leads from the
// parameters of a package's functions to slots with open calls (pipes), and
// which functions have reached such slots (feeds).
type slot string

// A Pipe says that what is passed for a slot reaches another.
type Pipe struct{ From, To string }

// A Feed says that calls of a method (or, with "", of the function itself) of
// what is in a slot reach a function.
type Feed struct{ Slot, Method, Fn string }

// slots is the assignment graph of a unit.
type slots struct {
	p    *Program
	back map[any][]any // from a value or slot to what is assigned to it
	from map[any][]ssa.Value
	made map[string]bool // names of types that the unit makes interfaces of

	// By node, and by source, the last of the walks that has come there.
	walks int
	seen  map[any]int
	had   map[ssa.Value]int

	pipes map[Pipe]bool
	feeds map[Feed]bool
}

// fieldSlot is that of a field. The structs that have no name are one in those of
// a name and a type, as identical types are assigned to each other: importers put
// nothing there.
func fieldSlot(p *Program, f *types.Var) slot {
	if key := p.names.FieldName(f).Key; key != "" {
		return slot("f:" + key)
	}
	return slot("f:" + f.Id() + " " + types.TypeString(f.Type(), nil) + ".-")
}

func paramSlot(fn string, i int) slot { return slot("p:" + fn + ":" + strconv.Itoa(i)) }

func resultSlot(fn string, i int) slot { return slot("r:" + fn + ":" + strconv.Itoa(i)) }

// madeSlot is where all that is made into an interface type is: what a call of
// one of its methods may reach, if nothing tells more.
func madeSlot(n *types.Named) slot {
	if n.Obj().Pkg() == nil {
		return ""
	}
	return slot("i:" + n.Obj().Pkg().Path() + "." + n.Obj().Name())
}

// newSlots reads the assignments of interfaces and functions, and of what
// contains them, off the unit's functions.
func (p *Program) newSlots() *slots {
	s := &slots{p: p, back: make(map[any][]any), from: make(map[any][]ssa.Value), made: make(map[string]bool), seen: make(map[any]int), had: make(map[ssa.Value]int), pipes: make(map[Pipe]bool), feeds: make(map[Feed]bool)}
	for pipe := range p.far.pipes {
		s.assign(slot(pipe.To), slot(pipe.From))
	}
	for _, f := range p.scan.fns {
		for i, v := range f.Params {
			if carries(v.Type(), 0) {
				s.assign(v, paramSlot(flow.FuncKey(f), i))
			}
		}
		for _, b := range f.Blocks {
			for _, in := range b.Instrs {
				s.instr(in)
			}
		}
	}
	return s
}

// carries reports whether values of the type are interfaces or functions, or
// contain some as elements.
func carries(t types.Type, depth int) bool {
	if depth > 4 {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Interface, *types.Signature:
		return true
	case *types.Pointer:
		if _, ok := u.Elem().Underlying().(*types.Struct); ok {
			return false
		}
		return carries(u.Elem(), depth+1)
	case *types.Slice:
		return carries(u.Elem(), depth+1)
	case *types.Array:
		return carries(u.Elem(), depth+1)
	case *types.Map:
		return carries(u.Elem(), depth+1)
	case *types.Chan:
		return carries(u.Elem(), depth+1)
	case *types.Tuple:
		return true
	}
	return false
}

// node is what stands for a value: a slot, or a value of the function.
// Containers and their elements are one.
func (s *slots) node(v ssa.Value) any {
	for range 32 {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			return fieldSlot(s.p, fieldVar(x))
		case *ssa.Field:
			if st, ok := x.X.Type().Underlying().(*types.Struct); ok {
				return fieldSlot(s.p, st.Field(x.Field).Origin())
			}
			return v
		case *ssa.Global:
			if x.Object() == nil {
				return v
			}
			return slot("g:" + x.Object().Pkg().Path() + "." + x.Object().Name())
		case *ssa.UnOp:
			if x.Op != token.MUL && x.Op != token.ARROW {
				return v
			}
			v = x.X
		case *ssa.IndexAddr:
			v = x.X
		case *ssa.Index:
			v = x.X
		case *ssa.Lookup:
			v = x.X
		case *ssa.Slice:
			v = x.X
		case *ssa.Range:
			v = x.X
		case *ssa.Next:
			v = x.Iter
		case *ssa.ChangeType:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.TypeAssert:
			v = x.X
		case *ssa.Extract:
			switch t := x.Tuple.(type) {
			case *ssa.Next, *ssa.Lookup, *ssa.TypeAssert, *ssa.UnOp:
				v = x.Tuple
			case *ssa.Call:
				if from, _ := s.p.locateCall(t); from == nil || x.Index > 0 {
					return v
				}
				v = t
			default:
				return v
			}
		case *ssa.Call: // of what a model says to return what is in its argument
			from, _ := s.p.locateCall(x)
			if from == nil {
				return v
			}
			v = from
		default:
			return v
		}
	}
	return v
}

// assign notes that what is in src gets to dst.
func (s *slots) assign(dst, src any) {
	if dst != src {
		s.back[dst] = append(s.back[dst], src)
	}
}

func (s *slots) flow(dst any, v ssa.Value) {
	switch v.(type) {
	case *ssa.MakeInterface, *ssa.Function, *ssa.MakeClosure:
		s.from[dst] = append(s.from[dst], v)
	case *ssa.Const:
	default:
		s.assign(dst, s.node(v))
	}
}

func (s *slots) instr(in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.MakeInterface:
		s.made[types.TypeString(in.X.Type(), nil)] = true
	case *ssa.Store:
		if carries(in.Val.Type(), 0) {
			s.flow(s.node(in.Addr), in.Val)
		}
	case *ssa.MapUpdate:
		if carries(in.Value.Type(), 0) {
			s.flow(s.node(in.Map), in.Value)
		}
	case *ssa.Send:
		if carries(in.X.Type(), 0) {
			s.flow(s.node(in.Chan), in.X)
		}
	case *ssa.Phi:
		if carries(in.Type(), 0) {
			for _, e := range in.Edges {
				s.flow(in, e)
			}
		}
	case *ssa.MakeClosure:
		fn := in.Fn.(*ssa.Function)
		for i, b := range in.Bindings {
			s.flow(fn.FreeVars[i], b)
			s.assign(s.node(b), fn.FreeVars[i])
		}
	case *ssa.Extract:
		if c, ok := in.Tuple.(*ssa.Call); ok && carries(in.Type(), 0) {
			s.results(in, c, in.Index)
		}
	case ssa.CallInstruction:
		s.call(in)
	}
}

// results assigns what a call returns.
func (s *slots) results(dst any, c *ssa.Call, i int) {
	for _, f := range s.p.calls.callees(c) {
		s.result(dst, f, i)
	}
}

// result assigns what a function returns: of one of another package, whatever
// its package says of the slot of the result.
func (s *slots) result(dst any, f *ssa.Function, i int) {
	if f.Blocks == nil {
		s.assign(dst, resultSlot(s.farKey(f), i))
	}
	for _, ret := range returnsOf(f) {
		if i < len(ret.Results) {
			s.flow(dst, ret.Results[i])
		}
	}
}

func returnsOf(f *ssa.Function) []*ssa.Return {
	var out []*ssa.Return
	for _, b := range f.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			out = append(out, ret)
		}
	}
	return out
}

func (s *slots) call(in ssa.CallInstruction) {
	c := in.Common()
	if b, ok := c.Value.(*ssa.Builtin); ok {
		v := in.Value()
		if b.Name() == "append" && v != nil && carries(v.Type(), 0) {
			for _, a := range c.Args {
				s.flow(v, a)
			}
		}
		return
	}
	if m := s.p.ModelOf(c); m != nil && !c.IsInvoke() {
		for _, cl := range m.Clauses {
			if cl.Verb == model.Stores && cl.In.Index < len(c.Args) && cl.Expr.Index < len(c.Args) {
				s.flow(s.node(c.Args[cl.In.Index]), c.Args[cl.Expr.Index])
			}
		}
	}
	if v := in.Value(); v != nil && carries(v.Type(), 0) {
		if _, tuple := v.Type().(*types.Tuple); !tuple {
			s.results(v, v, 0)
		}
	}
	for _, f := range s.p.calls.callees(in) {
		s.pass(c, f)
	}
}

// pass assigns the arguments of a call to the parameters of a function.
func (s *slots) pass(c *ssa.CallCommon, f *ssa.Function) {
	shift := 0
	if c.IsInvoke() {
		shift = 1
	}
	for i, a := range c.Args {
		if !carries(a.Type(), 0) {
			continue
		}
		if i+shift < len(f.Params) && f.Blocks != nil {
			s.flow(f.Params[i+shift], a)
		} else if f.Blocks == nil {
			s.flow(paramSlot(s.farKey(f), i+shift), a)
		}
	}
}

// farKey is the name under which facts know a function.
func (s *slots) farKey(f *ssa.Function) string {
	if ff := s.p.far.of[f]; ff != nil {
		return ff.name
	}
	if o := f.Origin(); o != nil {
		f = o
	}
	return flow.FuncKey(f)
}
