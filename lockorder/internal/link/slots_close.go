package link

import (
	"go/token"
	"go/types"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// reach goes back from a node, and returns what sources and slots lead to it.
func (s *slots) reach(to any) (sources []ssa.Value, via []slot) {
	s.walk(to, func(x any) {
		if sl, ok := x.(slot); ok {
			via = append(via, sl)
		}
		for _, v := range s.from[x] {
			if s.had[v] != s.walks {
				s.had[v] = s.walks
				sources = append(sources, v)
			}
		}
	})
	return sources, via
}

// walk visits the nodes that lead to one.
func (s *slots) walk(to any, visit func(any)) {
	s.walks++
	s.seen[to] = s.walks
	work := []any{to}
	for len(work) > 0 {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		visit(x)
		for _, y := range s.back[x] {
			if s.seen[y] != s.walks {
				s.seen[y] = s.walks
				work = append(work, y)
			}
		}
	}
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
	s := p.slots
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
	case "r:", "i:": // what is there is what the facts say
		return false
	case "p:":
		fn := rest[:strings.LastIndexByte(rest, ':')]
		if strings.Contains(fn, "$") { // a closure, which may be returned
			return true
		}
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
		for _, t := range s.p.far.puts[v] {
			if fn := s.p.far.types[t][o.Method]; fn != "" {
				found[fn] = true
			}
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
	if len(fns) == 0 || o.Method == "" && o.Path != nil && o.Path.Kind == lock.Param {
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
		return p.bind(f, o.Args, p.captured(f, o.Path), o.Via)
	}
	if ff := p.far.fns[name]; ff != nil {
		return p.bindFar(ff, o.Args, nil, o.Via)
	}
	return nil
}
