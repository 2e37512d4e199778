package link

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// A scan is what one look at every instruction tells.
type scan struct {
	fns    []*ssa.Function
	stored map[*ssa.Global]bool   // stored to, or its address taken
	alias  map[*types.Var]aliased // pointer fields to locks, and what they refer to
	chans  *chans
	rules  *rules
	instrs int
	direct map[*ssa.Function]bool // with a modelled operation or a spin lock

	closures map[*ssa.Function][]*ssa.MakeClosure // by their function
	handed   map[*ssa.Function]bool               // used as values
	sole     map[any]bool                         // see scanPermits
	index    *storeIndex
}

// aliased is what a pointer field refers to.
type aliased struct {
	to   *types.Var // nil: several
	args string     // of the struct that to is a field of, see lock.Names.TypeArgs
}

// scanAlias notes what a pointer field to a lock is made to refer to.
func (p *Program) scanAlias(s *scan, in *ssa.Store) {
	addr, ok := in.Addr.(*ssa.FieldAddr)
	if !ok {
		return
	}
	f := fieldVar(addr)
	if !isLockPointer(f.Type()) {
		return
	}
	if c, ok := in.Val.(*ssa.Const); ok && c.Value == nil {
		return
	}
	chain, _ := chainOf(in.Val)
	var to aliased
	if len(chain) > 0 {
		to = aliased{chain[len(chain)-1], p.argsAround(in.Val)}
	}
	if old, ok := s.alias[f]; ok && old != to {
		if old.to == to.to && p.argsAround(addr) != "" {
			to.args = "" // each instantiation refers to its own
		} else {
			to = aliased{}
		}
	}
	s.alias[f] = to
}

// argsAround returns the type arguments of the struct that v is a field of.
func (p *Program) argsAround(v ssa.Value) string {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.FieldAddr:
			named, _ := types.Unalias(deref(x.X.Type())).(*types.Named)
			return p.names.TypeArgs(named)
		default:
			return ""
		}
	}
}

// isLockPointer reports whether t is a pointer to something with a Lock
// method.
func isLockPointer(t types.Type) bool {
	ptr, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return false
	}
	named, ok := types.Unalias(ptr.Elem()).(*types.Named)
	if !ok {
		return false
	}
	for i := range named.NumMethods() {
		if named.Method(i).Name() == "Lock" {
			return true
		}
	}
	return false
}

// aliases makes the pointer fields that always refer to one other field be of
// its class.
func (p *Program) aliases() {
	for f, to := range p.scan.alias {
		if to.to == nil || to.to == f {
			continue
		}
		// &b.mu of an embedded or declared field; a chain of aliases ends here
		if next := p.scan.alias[to.to]; next.to != nil {
			to = next
		}
		base := p.paths.Param(0)
		if q := p.paths.Field(base, to.to, ""); q != nil {
			if class, final := p.names.Class(q); final {
				p.names.Alias(f, class, to.to, to.args)
			}
		}
	}
}

// scanProgram looks at every instruction once: it names no lock.
func (p *Program) scanProgram(fns []*ssa.Function) *scan {
	s := &scan{fns: fns, stored: make(map[*ssa.Global]bool), alias: make(map[*types.Var]aliased), chans: newChans(), rules: newRules(p), direct: make(map[*ssa.Function]bool), closures: make(map[*ssa.Function][]*ssa.MakeClosure), handed: make(map[*ssa.Function]bool), sole: make(map[any]bool), index: newStoreIndex()}
	spins := flow.NewSpinScan(p.hasModel, p.Dying)
	var rands [16]*ssa.Value
	for _, f := range fns {
		for _, b := range f.Blocks {
			s.instrs += len(b.Instrs)
			for _, in := range b.Instrs {
				switch in := in.(type) {
				case *ssa.Alloc:
					p.names.Allocated(in.Type().Underlying().(*types.Pointer).Elem())
				case *ssa.Store:
					s.index.store(in)
					p.scanLink(s, in)
					p.scanAlias(s, in)
					s.chans.store(in)
					s.rules.store(in)
				case *ssa.MapUpdate:
					if v := held(in); v != nil {
						s.rules.put(in.Map, v, f)
						s.index.elements = append(s.index.elements, stored{in.Map, v})
					}
				case *ssa.FieldAddr:
					s.index.field(in)
					s.rules.handed(in)
				case *ssa.MakeClosure:
					s.chans.bound(in)
					s.closures[in.Fn.(*ssa.Function)] = append(s.closures[in.Fn.(*ssa.Function)], in)
				case *ssa.MakeChan:
					s.chans.made = append(s.chans.made, in)
				case *ssa.Phi:
					s.chans.phi(in)
				case *ssa.Extract:
					s.chans.result(in)
				case *ssa.Send, *ssa.Select:
					s.direct[f] = true
				case *ssa.UnOp:
					if in.Op == token.ARROW {
						s.direct[f] = true
					}
				case ssa.CallInstruction:
					if b, ok := in.Common().Value.(*ssa.Builtin); ok && b.Name() == "close" {
						s.direct[f] = true
					}
					spins.Call(in)
					s.chans.call(in)
					s.rules.call(in)
					s.rules.keeper(in)
					if v, ok := in.(*ssa.Call); ok {
						s.chans.result(v)
					}
					if p.isLockOp(in.Common()) {
						s.direct[f] = true
						p.scanPermits(s, in)
					}
				}
				for i, op := range in.Operands(rands[:0]) {
					switch v := (*op).(type) {
					case *ssa.Global:
						if !onlyReads(in) {
							s.stored[v] = true
							s.index.global(v, in)
						}
					case *ssa.Function:
						if _, call := in.(ssa.CallInstruction); !call || i > 0 {
							s.handed[v] = true
						}
					}
				}
			}
		}
	}
	s.chans.close(p, fns)
	for f, sp := range spins.Spins(fns) {
		p.spins[f] = sp
		s.direct[f] = true
	}
	return s
}

// hasModel reports whether a function is what its model says.
func (p *Program) hasModel(f *ssa.Function) bool { return p.Model(f) != nil }

// onlyReads reports whether an instruction with a global as an operand loads
// from it, or from a part of it.
func onlyReads(in ssa.Instruction) bool {
	switch in.(type) {
	case *ssa.UnOp, *ssa.DebugRef:
		return true
	}
	return false
}

func (p *Program) isLockOp(c *ssa.CallCommon) bool {
	m := p.ModelOf(c)
	return m != nil && !m.Moves() && !(len(m.Clauses) == 1 && (m.Does(model.Silent) || m.Does(model.NoReturn)))
}

// scanLink notes x.cond = NewCond(&x.mu): the L of the Cond in x is x.mu.
func (p *Program) scanLink(s *scan, in *ssa.Store) {
	addr, ok := in.Addr.(*ssa.FieldAddr)
	if !ok {
		return
	}
	call, ok := in.Val.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil {
		return
	}
	m := p.Model(call.Call.StaticCallee())
	if m == nil {
		return
	}
	for _, c := range m.Clauses {
		if c.Verb != model.Links || c.Expr.Index >= len(call.Call.Args) {
			continue
		}
		l := p.locate(call.Call.Args[c.Expr.Index])
		chain, ok := l.from(p.locate(addr.X))
		s.rules.linkName(fieldVar(addr), c.Field, l, chain, ok && len(chain) > 0)
	}
}

func fieldVar(a *ssa.FieldAddr) *types.Var {
	s := a.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	return s.Field(a.Field).Origin()
}

// chainOf returns the fields that v selects, and from what.
func chainOf(v ssa.Value) ([]*types.Var, ssa.Value) {
	var chain []*types.Var
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.FieldAddr:
			chain = append([]*types.Var{fieldVar(x)}, chain...)
			v = x.X
		default:
			return chain, v
		}
	}
}

// Unset reports whether g keeps its zero value.
func (p *Program) Unset(g *ssa.Global) bool {
	return p.zero[g.Object()] || p.unset && g.Object() != nil && !g.Object().Exported() && !p.scan.stored[g]
}

// mentions says who calls what, as far as no call graph is needed.
type mentions struct {
	// callers has, by function, those that call it or hand it on.
	callers map[*ssa.Function][]*ssa.Function
	// far call what is known from facts, or what nobody knows yet.
	far []*ssa.Function
}

func (p *Program) findMentions(fns []*ssa.Function) *mentions {
	outside := func(g *ssa.Function) bool { return p.farOf(g) != nil }
	ms := &mentions{callers: make(map[*ssa.Function][]*ssa.Function)}
	for _, f := range fns {
		add := func(g *ssa.Function) { ms.callers[g] = append(ms.callers[g], f) }
		far := false // it calls what is known from facts, or what nobody knows yet
		for _, b := range f.Blocks {
			for _, in := range b.Instrs {
				switch in := in.(type) {
				case *ssa.MakeClosure:
					add(in.Fn.(*ssa.Function))
				case ssa.CallInstruction:
					if g := in.Common().StaticCallee(); g != nil {
						add(g)
						far = far || outside(g)
					} else {
						far = far || p.far != nil
					}
					for _, a := range in.Common().Args {
						if g, ok := a.(*ssa.Function); ok {
							add(g)
						}
					}
				}
			}
		}
		if far {
			ms.far = append(ms.far, f)
		}
	}
	return ms
}

// touching returns the functions from which a lock operation can be reached.
func (p *Program) touching(fns []*ssa.Function) map[*ssa.Function]bool {
	ms := p.mentions
	p.mentions = nil
	for _, f := range fns {
		p.calls.dynamic(f, func(_ ssa.CallInstruction, g *ssa.Function) { ms.callers[g] = append(ms.callers[g], f) })
	}
	touch := make(map[*ssa.Function]bool)
	for _, f := range ms.far {
		p.scan.direct[f] = true
	}
	var work []*ssa.Function
	for _, f := range fns {
		if p.scan.direct[f] {
			touch[f] = true
			work = append(work, f)
		}
	}
	for len(work) > 0 {
		f := work[len(work)-1]
		work = work[:len(work)-1]
		for _, g := range ms.callers[f] {
			if !touch[g] {
				touch[g] = true
				work = append(work, g)
			}
		}
	}
	return touch
}

type leakKey struct {
	fn *ssa.Function
	i  int
}

// Leaks reports whether fn may make its i'th parameter known to others.
func (p *Program) Leaks(fn *ssa.Function, i int) bool {
	k := leakKey{fn, i}
	if l, ok := p.leaks[k]; ok {
		return l
	}
	if len(fn.Blocks) == 0 || i >= len(fn.Params) {
		return true
	}
	p.leaks[k] = true // recursion fails towards a finding
	l := p.leaksValue(fn.Params[i], 0)
	p.leaks[k] = l
	return l
}

// Kept reports whether a function that an interface call may call, of those in
// view, may make an argument known to other goroutines or keep it.
func (p *Program) Kept(site *ssa.Call) bool {
	for _, f := range p.calls.callees(site) {
		for i := range site.Call.Args {
			if p.Leaks(f, i+1) { // the receiver is the first
				return true
			}
		}
	}
	return false
}

func (p *Program) leaksValue(v ssa.Value, depth int) bool {
	if depth > 6 {
		return true
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.UnOp, *ssa.DebugRef, *ssa.BinOp, *ssa.Return, *ssa.If, *ssa.Field:
		case *ssa.FieldAddr:
			if p.leaksValue(r, depth+1) {
				return true
			}
		case *ssa.IndexAddr:
			if p.leaksValue(r, depth+1) {
				return true
			}
		case *ssa.Store:
			if r.Val == v {
				return true
			}
		case *ssa.Call:
			if r.Call.IsInvoke() {
				return true
			}
			f := r.Call.StaticCallee()
			if f == nil {
				return true
			}
			m := p.Model(f)
			for i, a := range r.Call.Args {
				if a == v && (m != nil && m.Stores(i) || m == nil && p.Leaks(f, i)) {
					return true
				}
			}
		default:
			return true
		}
	}
	return false
}

// Taken reports whether a class is that of a field or variable that is a lock
// itself, and not an interface that refers to one.
func (p *Program) Taken(class string) bool { return !strings.HasSuffix(class, ".L") }
