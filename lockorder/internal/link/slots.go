package link

import (
	"go/token"
	"go/types"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
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

	pipes map[Pipe]bool
	feeds map[Feed]bool
}

func fieldSlot(p *Program, f *types.Var) slot { return slot("f:" + p.names.FieldName(f).Key) }

func paramSlot(fn string, i int) slot { return slot("p:" + fn + ":" + strconv.Itoa(i)) }

// newSlots reads the assignments of interfaces and functions, and of what
// contains them, off the unit's functions.
func (p *Program) newSlots() *slots {
	s := &slots{p: p, back: make(map[any][]any), from: make(map[any][]ssa.Value), pipes: make(map[Pipe]bool), feeds: make(map[Feed]bool)}
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
			switch x.Tuple.(type) {
			case *ssa.Next, *ssa.Lookup, *ssa.TypeAssert, *ssa.UnOp:
				v = x.Tuple
			default:
				return v
			}
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

// results assigns what a call of a function of the unit returns.
func (s *slots) results(dst any, c *ssa.Call, i int) {
	f := c.Call.StaticCallee()
	if f == nil {
		return
	}
	for _, b := range f.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && i < len(ret.Results) {
			s.flow(dst, ret.Results[i])
		}
	}
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
	if v := in.Value(); v != nil && carries(v.Type(), 0) {
		if _, tuple := v.Type().(*types.Tuple); !tuple {
			s.results(v, v, 0)
		}
	}
	var callees []*ssa.Function
	if f := c.StaticCallee(); f != nil {
		callees = []*ssa.Function{f}
	} else {
		callees = s.p.calls.at(in)
	}
	shift := 0
	if c.IsInvoke() {
		shift = 1
	}
	for _, f := range callees {
		for i, a := range c.Args {
			if !carries(a.Type(), 0) {
				continue
			}
			if i+shift < len(f.Params) && f.Blocks != nil {
				s.flow(f.Params[i+shift], a)
			} else if f.Blocks == nil {
				s.flow(paramSlot(farKey(f), i+shift), a)
			}
		}
	}
}

// farKey is the name under which facts know a function.
func farKey(f *ssa.Function) string {
	if o := f.Origin(); o != nil {
		f = o
	}
	return flow.FuncKey(f)
}

// reach goes back from a node, and returns what sources and slots lead to it.
func (s *slots) reach(to any) (sources []ssa.Value, via []slot) {
	seen := map[any]bool{to: true}
	work := []any{to}
	had := make(map[ssa.Value]bool)
	for len(work) > 0 {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		if sl, ok := x.(slot); ok {
			via = append(via, sl)
		}
		for _, v := range s.from[x] {
			if !had[v] {
				had[v] = true
				sources = append(sources, v)
			}
		}
		for _, y := range s.back[x] {
			if !seen[y] {
				seen[y] = true
				work = append(work, y)
			}
		}
	}
	return sources, via
}

// openSlot is the node that an open call asks.
func (s *slots) openNode(n *flow.Node, o *flow.Open) any {
	if o.Slot != "" {
		return slot(o.Slot)
	}
	if c, ok := o.Instr.(ssa.CallInstruction); ok && o.Via != "model" {
		return s.node(c.Common().Value)
	}
	return s.pathNode(n, o.Path)
}

// pathNode is the slot of a path.
func (s *slots) pathNode(n *flow.Node, p *lock.Path) any {
	for p != nil && p.Kind == lock.Elem {
		p = p.Base
	}
	switch {
	case p == nil:
	case p.Kind == lock.Field:
		return fieldSlot(s.p, p.Obj.(*types.Var))
	case p.Kind == lock.Global && p.Obj.Pkg() != nil:
		return slot("g:" + p.Obj.Pkg().Path() + "." + p.Obj.Name())
	case p.Kind == lock.Param && p.Index < len(n.Fn.Params):
		return n.Fn.Params[p.Index]
	}
	return nil
}

// ResolveOpens closes the open calls by what the unit assigns to their slots,
// and by what its imports have. It returns the nodes that it makes, and
// reports whether any call was closed.
func (p *Program) ResolveOpens() {
	s := p.newSlots()
	p.slots = s
	type ask struct {
		node   any
		method string
	}
	type answer struct {
		fns []string
		via []slot
	}
	targets := make(map[ask]answer)
	for i := 0; i < len(p.order); i++ { // which grows meanwhile
		n := p.order[i]
		p.Effect(n)
		for j := range n.Record.Opens {
			o := &n.Record.Opens[j]
			at := s.openNode(n, o)
			if at == nil {
				continue
			}
			k := ask{at, o.Method}
			to, ok := targets[k]
			if !ok {
				to.fns, to.via = s.targets(at, o)
				targets[k] = to
			}
			if o.Slot == "" {
				if sl, ok := at.(slot); ok {
					o.Slot = string(sl)
				} else {
					o.Slot = "v:" + flow.FuncKey(n.Fn) + ":" + at.(ssa.Value).Name()
				}
			}
			o.Exposed = s.pipe(to.via, slot(o.Slot)) || p.isFar(n)
			if o.Method != "" && !token.IsExported(o.Method) {
				o.Exposed = false
			}
			p.closeOpen(n, o, to.fns)
		}
	}
}

// pipe notes what leads to an open call from outside, and reports whether
// anything does.
func (s *slots) pipe(via []slot, to slot) bool {
	open := false
	for _, v := range via {
		if !exposed(string(v)) {
			continue
		}
		open = true
		if v != to {
			s.pipes[Pipe{string(v), string(to)}] = true
		}
	}
	return open
}

// exposed reports whether importers can put something into a slot.
func exposed(s string) bool {
	switch kind, rest := s[:2], s[2:]; kind {
	case "f:":
		return exposedField(rest)
	case "p:":
		fn := rest[:strings.LastIndexByte(rest, ':')]
		return token.IsExported(fn[strings.LastIndexByte(fn, '.')+1:])
	default:
		return token.IsExported(rest[strings.LastIndexByte(rest, '.')+1:])
	}
}

// exposedField reports whether a field, by its key, and what declares it are
// exported.
func exposedField(key string) bool {
	names := strings.Split(key[strings.LastIndexByte(key, '/')+1:], ".")
	if len(names) < 3 {
		return false
	}
	return token.IsExported(names[len(names)-1]) && token.IsExported(names[1])
}

// targets are the functions that an open call can reach, by name.
func (s *slots) targets(at any, o *flow.Open) ([]string, []slot) {
	sources, via := s.reach(at)
	found := make(map[string]bool)
	for _, v := range sources {
		f := s.target(v, o.Method)
		if f == nil {
			continue
		}
		found[flow.FuncKey(f)] = true
		s.p.own[flow.FuncKey(f)] = f
	}
	for _, v := range via {
		for _, fn := range s.p.far.feeds[Feed{Slot: string(v), Method: o.Method}] {
			found[fn] = true
		}
	}
	var out []string
	for fn := range found {
		out = append(out, fn)
	}
	sort.Strings(out)
	return out, via
}

// target is the function that a source is, or its method.
func (s *slots) target(v ssa.Value, method string) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		if method == "" {
			return v
		}
	case *ssa.MakeClosure:
		if method == "" {
			return v.Fn.(*ssa.Function)
		}
	case *ssa.MakeInterface:
		if method == "" {
			return nil
		}
		set := s.p.SSA.MethodSets.MethodSet(v.X.Type())
		for i := range set.Len() {
			if sel := set.At(i); flow.MethodID(sel.Obj().(*types.Func)) == method {
				return s.p.SSA.MethodValue(sel)
			}
		}
	}
	return nil
}

// closeOpen adds a call of the functions that an open call reaches, but of
// those that the node's own calls at the place have.
func (p *Program) closeOpen(n *flow.Node, o *flow.Open, fns []string) {
	if len(fns) == 0 || o.Method == "" && o.Path != nil && o.Path.Kind == lock.Param && len(n.Fn.Params) > 0 {
		return // the contexts speak
	}
	known := make(map[string]bool)
	var same *flow.Call
	for i := range n.Record.Calls {
		c := &n.Record.Calls[i]
		if c.Instr != o.Instr {
			continue
		}
		for _, k := range c.Callees {
			known[p.farName(k.Node.Fn)] = true
		}
		if sameHeld(c.Held, o.Held) {
			same = c
		}
	}
	var callees []flow.Callee
	for _, fn := range fns {
		if known[fn] {
			continue
		}
		callees = append(callees, p.bindName(fn, o)...)
		p.slots.feeds[Feed{o.Slot, o.Method, fn}] = true
	}
	if len(callees) == 0 {
		return
	}
	if same != nil {
		same.Callees = append(same.Callees[:len(same.Callees):len(same.Callees)], callees...)
		return
	}
	n.Record.Calls = append(n.Record.Calls, flow.Call{Instr: o.Instr, Held: o.Held, Holes: o.Holes, Callees: callees})
}

func (p *Program) farName(f *ssa.Function) string {
	if ff := p.far.of[f]; ff != nil {
		return ff.name
	}
	return flow.FuncKey(f)
}

// bindName calls a function by its name in facts.
func (p *Program) bindName(name string, o *flow.Open) []flow.Callee {
	if f := p.own[name]; f != nil && f.Blocks != nil {
		if !p.touches[f] {
			return nil
		}
		return p.bind(f, o.Args, nil, o.Via)
	}
	if ff := p.far.fns[name]; ff != nil {
		return p.bindFar(ff, o.Args, nil, o.Via)
	}
	return nil
}
