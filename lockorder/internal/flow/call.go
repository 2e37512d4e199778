package flow

import (
	"go/constant"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// callArgs returns the arguments of a call with the receiver first.
func callArgs(c *ssa.CallCommon) []ssa.Value {
	if !c.IsInvoke() {
		return c.Args
	}
	return append([]ssa.Value{c.Value}, c.Args...)
}

// modelOf returns the model of the function or interface method called.
func (a *analysis) modelOf(c *ssa.CallCommon) *model.Model { return a.host.ModelOf(c) }

// ModelName is the name by which models know a function: without its type
// arguments.
func ModelName(f *ssa.Function) string {
	if o := f.Origin(); o != nil {
		f = o
	}
	if f.Object() != nil {
		if fn, ok := f.Object().(*types.Func); ok && f.Synthetic == "" {
			return fn.FullName()
		}
	}
	return f.String()
}

func (a *analysis) args(c *ssa.CallCommon) []Value {
	vals := callArgs(c)
	out := make([]Value, len(vals))
	for i, v := range vals {
		out[i] = a.eval(v)
	}
	return out
}

// callees resolves a call once.
func (a *analysis) callees(site ssa.CallInstruction) []Callee {
	if c, ok := a.callee[site]; ok {
		return c
	}
	a.callee[site] = nil
	c := a.host.Callees(a.node, site, a.eval(site.Common().Value), a.args(site.Common()))
	a.callee[site] = c
	return c
}

// call does what a call does to the state: by its model, or by the effects of
// its callees. No state comes back when it cannot return.
func (a *analysis) call(s state, site ssa.CallInstruction, c *ssa.CallCommon, via string) []state {
	if b, ok := c.Value.(*ssa.Builtin); ok {
		switch b.Name() {
		case "panic":
			return nil
		case "close":
			a.signal(s, a.path(c.Args[0]), lock.Close, site, nil)
		}
		return []state{s}
	}
	if m := a.modelOf(c); m != nil {
		return a.applyModel(s, m, site, c)
	}
	if sp := a.spins.at(site); sp != nil {
		return a.applySpin(s, sp, site)
	}
	// A method value or a closure that is only a lock operation.
	if f := a.eval(c.Value).Fn; f != nil && !c.IsInvoke() {
		if t, args := thunk(f, a.args(c)); t != nil {
			if m := a.host.Model(t); m != nil {
				return a.applyBound(s, m, site, args)
			}
		}
	}
	callees := a.calleesIn(&s, site)
	if len(callees) == 0 {
		s.facts = a.forgetMemory(s.facts)
		return []state{s}
	}
	a.recordCall(s, site, callees)
	return a.applyEffects(s, site, callees, false)
}

// calleesIn resolves a call in a state: a boolean argument that the state, or
// the condition under which a held lock was taken, decides is passed on as
// the constant that it is.
func (a *analysis) calleesIn(s *state, site ssa.CallInstruction) []Callee {
	if len(s.facts)+len(s.held) == 0 {
		return a.callees(site)
	}
	c := site.Common()
	var args []Value
	for i, v := range callArgs(c) {
		if b, ok := v.Type().Underlying().(*types.Basic); !ok || b.Info()&types.IsBoolean == 0 || a.eval(v).Const != nil {
			continue
		}
		truth, ok := a.truth(s, v)
		if !ok {
			continue
		}
		if args == nil {
			args = a.args(c)
		}
		args[i].Const = constant.MakeBool(truth)
	}
	if args == nil {
		return a.callees(site)
	}
	return a.host.Callees(a.node, site, a.eval(c.Value), args)
}

// truth looks up a boolean in the facts, and in those under which a lock that
// is held was taken.
func (a *analysis) truth(s *state, v ssa.Value) (truth, ok bool) {
	t := a.testOf(v)
	if is, ok := known(s.facts, t.on, t.val); ok {
		return is == t.equal, true
	}
	for i := range s.held {
		if is, ok := known(s.held[i].guards, t.on, t.val); ok {
			return is == t.equal, true
		}
	}
	return false, false
}

// thunk looks through the wrapper of a bound method: mu.Unlock as a value.
func thunk(f *FuncVal, args []Value) (*ssa.Function, []Value) {
	if obj, ok := f.Fn.Object().(*types.Func); ok && len(f.Binds) == 1 && len(f.Fn.FreeVars) == 1 && f.Fn.Parent() == nil {
		if m := f.Fn.Prog.FuncValue(obj); m != nil {
			return m, append([]Value{f.Binds[0]}, args...)
		}
	}
	return nil, nil
}

// applyEffects continues on every way in which some callee returns.
func (a *analysis) applyEffects(s state, site ssa.CallInstruction, callees []Callee, detached bool) []state {
	if a.plain {
		for i := range callees {
			if eff := a.host.Effect(callees[i].Node); len(eff.Exits) > 0 && !eff.Trivial() {
				a.interesting = true
			}
		}
	}
	before := s
	s.facts = a.forgetMemory(s.facts)
	var out []state
	index := make(map[string]int)
	add := func(t state) {
		k := t.key()
		if i, ok := index[k]; ok {
			out[i].facts = meet(out[i].facts, t.facts)
			return
		}
		index[k] = len(out)
		out = append(out, t)
	}
	for i := range callees {
		c := &callees[i]
		eff := a.host.Effect(c.Node)
		if len(eff.Exits) == 0 && detached {
			add(s)
		}
		skip := a.unlikely(s, eff, c)
		for j := range eff.Exits {
			x := &eff.Exits[j]
			if skip != nil && skip[j] {
				continue
			}
			facts, ok := a.conds(before, x, c, site, s.facts)
			if !ok {
				continue
			}
			t := s
			t.facts = facts
			add(a.applyExit(t, site, x, c))
		}
	}
	if len(out) > maxStates {
		all := out[0]
		for _, t := range out[1:] {
			all = join(all, t)
		}
		a.rec.Joined = true
		return []state{all}
	}
	return out
}

// unlikely picks out exits that do not fit the held set. A callee that
// releases a lock on some ways only, and does not say in its result on which,
// decides by what decided whether the lock was taken: it releases what is
// held, and only that.
func (a *analysis) unlikely(s state, eff *Effect, c *Callee) map[int]bool {
	if len(eff.Exits) < 2 {
		return nil
	}
	releasing := make(map[*lock.Path]int)
	for j := range eff.Exits {
		for _, h := range eff.Exits[j].Holes {
			releasing[h.Path]++
		}
	}
	var skip map[int]bool
	for hole, n := range releasing {
		if n == len(eff.Exits) {
			continue
		}
		p := c.Env.Subst(a.host.Paths(), hole).Path
		if p == nil {
			continue
		}
		held := a.holds(&s, p)
		for j := range eff.Exits {
			if eff.Exits[j].releases(hole) != held && !eff.told(j) {
				if skip == nil {
					skip = make(map[int]bool)
				}
				skip[j] = true
			}
		}
	}
	if len(skip) == len(eff.Exits) {
		return nil
	}
	return skip
}

// holds reports whether the lock that p names is, or may be, held.
func (a *analysis) holds(s *state, p *lock.Path) bool {
	for i := range s.held {
		if SameLock(s.held[i].Path, p) || a.mayAlias(s.held[i].Path, p) {
			return true
		}
	}
	return false
}

// conds checks an exit's conditions against what is known of the arguments,
// and learns them.
func (a *analysis) conds(s state, x *Exit, c *Callee, site ssa.CallInstruction, facts []fact) ([]fact, bool) {
	vals := callArgs(site.Common())
	if len(vals) != len(c.Env.Args) {
		vals = nil // a call through a model
	}
	for _, k := range x.Conds {
		if k.Slot >= len(c.Env.Args) {
			continue
		}
		v := c.Env.Args[k.Slot]
		if text := v.constText(); text != "" {
			if (text == k.Val) != k.Is {
				return nil, false
			}
			continue
		}
		var on subject
		switch {
		case vals != nil:
			on = a.subjectOf(vals[k.Slot])
		case v.Path != nil && v.Path.Kind == lock.Param:
			on = subject{v: a.fn.Params[v.Path.Index]}
		default:
			continue
		}
		if is, ok := known(s.facts, on, k.Val); ok && is != k.Is {
			return nil, false
		}
		if on.path == nil {
			facts = learn(facts, fact{on: on, val: k.Val, is: k.Is})
		}
	}
	return facts, true
}

func (a *analysis) applyExit(s state, site ssa.CallInstruction, x *Exit, c *Callee) state {
	paths := a.host.Paths()
	env := c.Env
	if len(x.Held) > 0 || len(x.Holes) > 0 {
		if v, ok := site.(*ssa.Call); ok {
			env.Results = a.resultValues(v)
		}
	}
	for _, h := range x.Holes {
		if p := env.Subst(paths, h.Path).Path; p != nil {
			s = a.release(s, p, h.Mode)
		}
	}
	for _, h := range x.Held {
		p := env.Subst(paths, h.Path).Path
		if p == nil {
			class, _ := a.host.Names().Class(h.Path)
			p = paths.Opaque(class)
		}
		if p.Kind == lock.View {
			p, h.Mode = p.Base, lock.Shared
		}
		if i := s.findHeld(p); i >= 0 {
			continue
		}
		if i := s.findHole(p); i >= 0 {
			s = s.dropHole(i)
			continue
		}
		s = s.hold(Held{Path: p, Mode: h.Mode, Fresh: h.Fresh && a.fresh(p, site),
			Site: &Site{Fn: a.fn, Instr: site, Via: c.Via, Inner: h.Site}})
	}
	if v, ok := site.(*ssa.Call); ok {
		for _, h := range x.Held {
			if r := h.Path.Root(); r.Kind == lock.Result && h.Path != r { // a field of it: it is not nil
				s.facts = learn(s.facts, fact{on: subject{v: v, idx: r.Index}, val: "nil", is: false})
			}
			for i, r := range x.Results {
				if r.Path != nil && h.Path != r.Path && h.Path.HasPrefix(r.Path) {
					s.facts = learn(s.facts, fact{on: subject{v: v, idx: i}, val: "nil", is: false})
				}
			}
		}
		for i, r := range x.Results {
			if text := r.constText(); text != "" {
				s.facts = learn(s.facts, fact{on: subject{v: v, idx: i}, val: text, is: true})
			} else if r.Fn != nil {
				s.facts = learn(s.facts, fact{on: subject{v: v, idx: i}, val: "nil", is: false})
			}
		}
	}
	return s
}

// resultValues are the paths under which the caller knows what a call returns.
func (a *analysis) resultValues(v *ssa.Call) []Value {
	if t, ok := v.Type().(*types.Tuple); ok {
		out := make([]Value, t.Len())
		for _, r := range *v.Referrers() {
			if e, ok := r.(*ssa.Extract); ok {
				out[e.Index] = a.eval(e)
			}
		}
		return out
	}
	return []Value{a.eval(v)}
}

func (s *state) findHole(p *lock.Path) int {
	for i, h := range s.holes {
		if h.Path == p {
			return i
		}
	}
	return -1
}

func (a *analysis) recordCall(s state, site ssa.Instruction, callees []Callee) {
	k := recordKey{instr: site, state: heldKey(s)}
	if a.recorded[k] {
		return
	}
	a.recorded[k] = true
	a.rec.Calls = append(a.rec.Calls, Call{Instr: site, Callees: callees, Held: s.held, Holes: s.notHeld()})
}

func heldKey(s state) string {
	s.defers = nil
	return s.key()
}

// acquire takes a lock.
func (a *analysis) acquire(s state, p *lock.Path, mode lock.Mode, site ssa.Instruction) state {
	return a.take(s, p, &model.Clause{Mode: mode}, site)
}

// take does what an acquiring clause of a model says.
func (a *analysis) take(s state, p *lock.Path, c *model.Clause, site ssa.Instruction) state {
	mode, try := c.Mode, c.Try
	if p.Kind == lock.View {
		p, mode = p.Base, lock.Shared
	}
	at := &Site{Fn: a.fn, Instr: site}
	fresh := a.fresh(p, site)
	k := recordKey{instr: site, path: p, state: heldKey(s)}
	if !a.recorded[k] {
		a.recorded[k] = true
		a.rec.Acquires = append(a.rec.Acquires, Acquire{Path: p, Mode: mode, Try: try, Nested: c.Reentrant, Fresh: fresh, Site: at, Held: s.held, Holes: s.notHeld()})
	}
	if mode >= lock.Wait {
		return s
	}
	if i := s.findHole(p); i >= 0 {
		return s.dropHole(i)
	}
	if i := s.findHeld(p); i >= 0 && (mode == lock.Exclusive || s.held[i].Mode == lock.Exclusive || s.count(p) > 1) {
		return s
	}
	return s.hold(Held{Path: p, Mode: mode, Site: at, Fresh: fresh, Try: try, guards: s.facts})
}

func (s *state) count(p *lock.Path) int {
	n := 0
	for _, h := range s.held {
		if h.Path == p {
			n++
		}
	}
	return n
}

// runDefers runs what the path has deferred, last first.
func (a *analysis) runDefers(s state) []state {
	defers := s.defers
	s.defers = nil
	states := []state{s}
	for i := len(defers) - 1; i >= 0; i-- {
		d := defers[i].(*ssa.Defer)
		var next []state
		for _, t := range states {
			next = append(next, a.call(t, d, d.Common(), "defer")...)
		}
		states = next
		if len(states) > maxStates {
			all := states[0]
			for _, t := range states[1:] {
				all = join(all, t)
			}
			states = []state{all}
			a.rec.Joined = true
		}
	}
	return states
}

// spawn records the start of a goroutine. A lock that the goroutine releases
// without having taken it is handed to it.
func (a *analysis) spawn(in *ssa.Go, s state) state {
	if m := a.modelOf(in.Common()); m != nil {
		for i := range m.Clauses {
			if c := &m.Clauses[i]; c.Verb == model.Releases {
				ops := operands{a: a, call: in, args: callArgs(in.Common())}
				s = a.handOver(s, ops.lock(c))
			}
		}
		return s
	}
	callees := a.callees(in)
	a.recordSpawn(in, callees)
	for i := range callees {
		c := &callees[i]
		for _, x := range a.host.Effect(c.Node).Exits {
			for _, h := range x.Holes {
				s = a.handOver(s, c.Env.Subst(a.host.Paths(), h.Path).Path)
			}
		}
	}
	return s
}

func (a *analysis) handOver(s state, p *lock.Path) state {
	if p == nil {
		return s
	}
	if i := s.findHeld(p); i >= 0 {
		return a.release(s, p, s.held[i].Mode)
	}
	return s
}

func (a *analysis) recordSpawn(in ssa.Instruction, callees []Callee) {
	k := recordKey{instr: in, state: "spawn"}
	if len(callees) == 0 || a.recorded[k] {
		return
	}
	a.recorded[k] = true
	a.rec.Spawns = append(a.rec.Spawns, Spawn{Instr: in, Callees: callees, InLoop: a.inLoop(in.Block())})
}

// applyModel does what the model of the callee says.
func (a *analysis) applyModel(s state, m *model.Model, site ssa.CallInstruction, c *ssa.CallCommon) []state {
	return a.applyClauses(s, m, site, operands{a: a, call: site, args: callArgs(c)})
}

// applyBound does the same where only the values of the arguments are known.
func (a *analysis) applyBound(s state, m *model.Model, site ssa.CallInstruction, args []Value) []state {
	return a.applyClauses(s, m, site, operands{a: a, call: site, vals: args})
}

func (a *analysis) applyClauses(s state, m *model.Model, site ssa.CallInstruction, ops operands) []state {
	states := []state{s}
	for i := range m.Clauses {
		c := &m.Clauses[i]
		var next []state
		for _, t := range states {
			next = append(next, a.applyClause(t, c, site, ops)...)
		}
		states = next
	}
	return states
}

func (a *analysis) applyClause(s state, c *model.Clause, site ssa.CallInstruction, ops operands) []state {
	if c.If != nil {
		a.interesting = true
		on, ok := ops.cond(c.If)
		if !ok {
			return []state{s}
		}
		no := s
		no.facts = learn(no.facts, fact{on: on, val: "true", is: !c.If.Want})
		yes := s
		yes.facts = learn(yes.facts, fact{on: on, val: "true", is: c.If.Want})
		d := *c
		d.If = nil
		return append(a.applyClause(yes, &d, site, ops), no)
	}
	switch c.Verb {
	case model.NoReturn, model.Switches:
		return nil
	case model.Acquires, model.Waits:
		if p := ops.lock(c); p != nil {
			if c.Reentrant && s.findHeld(p) >= 0 {
				return []state{s}
			}
			s = a.take(s, p, c, site)
		}
	case model.Releases:
		if p := ops.lock(c); p != nil {
			mode := c.Mode
			if p.Kind == lock.View {
				p, mode = p.Base, lock.Shared
			}
			s = a.release(s, p, mode)
			s.facts = a.forgetMemory(s.facts)
		}
	case model.Yields:
		var until *lock.Path
		if c.Awaiting != nil {
			until = ops.path(*c.Awaiting)
		}
		s = a.yield(s, ops.lock(c), until, site)
	case model.Joins:
		a.wait(s, ops.path(c.Expr), lock.Join, site)
		s.facts = a.forgetMemory(s.facts)
	case model.Finishes:
		a.signal(s, ops.path(c.Expr), lock.Done, site, nil)
	case model.Notifies:
		a.signal(s, ops.path(c.Expr), lock.Notify, site, nil)
	case model.Formats:
		a.format(s, c, site, ops)
	case model.Body:
		if callees := a.callees(site); len(callees) > 0 {
			a.recordCall(s, site, callees)
			return a.applyEffects(s, site, callees, false)
		}
	case model.Calls:
		return a.callThrough(s, c, site, ops)
	case model.Spawns:
		if f := ops.value(c.Expr); f.Fn != nil {
			callees := a.host.Bound(a.node, site, f.Fn, ops.values(c.Args), "model")
			a.recordSpawn(site, callees)
			for i := 0; c.Finishing != nil && i < len(callees); i++ {
				a.signal(s, ops.path(*c.Finishing), lock.Done, site, callees[i].Node)
			}
		}
	}
	return []state{s}
}

// yield releases a lock while the goroutine waits, and takes it again. Where
// nothing links the lock behind a Cond's interface to a mutex, the wait is not
// judged: what is held may be that lock.
func (a *analysis) yield(s state, p, until *lock.Path, site ssa.Instruction) state {
	s.facts = a.forgetMemory(s.facts)
	if p == nil {
		return s
	}
	if p.Kind == lock.View {
		p = p.Base
	}
	i := s.findHeld(p)
	if i < 0 {
		if class, final := a.host.Names().Class(p); final && a.host.Taken(class) {
			waiting := s // the lock is the caller's, who holds it
			waiting.holes = append(s.holes[:len(s.holes):len(s.holes)], Hole{Path: p})
			a.wait(waiting, until, lock.Await, site)
		}
		return s
	}
	mode := s.held[i].Mode
	s = s.dropHeld(i)
	a.wait(s, until, lock.Await, site)
	return a.acquire(s, p, mode, site)
}

// callThrough runs a function that is an argument, holding what the model
// says it holds meanwhile.
func (a *analysis) callThrough(s state, c *model.Clause, site ssa.CallInstruction, ops operands) []state {
	s.facts = a.forgetMemory(s.facts)
	f := ops.value(c.Expr)
	var held *lock.Path
	if c.Holding != nil {
		if held = ops.path(*c.Holding); held != nil {
			s = a.acquire(s, held, lock.Exclusive, site)
		}
	}
	out := []state{s}
	if f.Fn != nil {
		if callees := a.host.Bound(a.node, site, f.Fn, ops.values(c.Args), "model"); len(callees) > 0 {
			a.recordCall(s, site, callees)
			out = a.applyEffects(s, site, callees, c.Detached)
		}
	}
	if held != nil {
		for i := range out {
			out[i] = a.release(out[i], held, lock.Exclusive)
		}
	}
	return out
}

// operands reads the operands of a model's clause off a call.
type operands struct {
	a    *analysis
	call ssa.CallInstruction
	args []ssa.Value
	vals []Value
}

func (o operands) value(e model.Expr) Value {
	switch {
	case e.Operand == model.Arg && o.args != nil && e.Index < len(o.args) && len(e.Fields) == 0:
		return o.a.eval(o.args[e.Index])
	case e.Operand == model.Arg && o.args == nil && e.Index < len(o.vals) && len(e.Fields) == 0:
		return o.vals[e.Index]
	}
	return Value{Path: o.path(e)}
}

func (o operands) values(es []model.Expr) []Value {
	out := make([]Value, len(es))
	for i, e := range es {
		out[i] = o.value(e)
	}
	return out
}

// lock returns the path of a clause's lock, with the class of its own that a
// rank gives it.
func (o operands) lock(c *model.Clause) *lock.Path {
	p := o.path(c.Expr)
	if p == nil || c.Rank < 0 || c.Rank >= len(o.args) {
		return p
	}
	if name := constName(o.args[c.Rank]); name != "" {
		return o.a.host.Paths().Rank(p, name)
	}
	return p
}

// constName finds the declared constant that v is.
func constName(v ssa.Value) string {
	k, ok := v.(*ssa.Const)
	if !ok || k.Value == nil {
		return ""
	}
	named, ok := types.Unalias(k.Type()).(*types.Named)
	if !ok {
		return k.Value.ExactString()
	}
	scope := named.Obj().Pkg().Scope()
	for _, name := range scope.Names() {
		if c, ok := scope.Lookup(name).(*types.Const); ok && types.Identical(c.Type(), named) && c.Val().ExactString() == k.Value.ExactString() {
			return c.Pkg().Path() + "." + name
		}
	}
	return named.Obj().Name() + strconv.Quote(k.Value.ExactString())
}

func (o operands) path(e model.Expr) *lock.Path {
	var p *lock.Path
	switch e.Operand {
	case model.Nothing:
		if e.Pseudo == "" {
			return nil
		}
	case model.Arg:
		if o.args == nil {
			if e.Index < len(o.vals) && len(e.Fields) == 0 {
				p = o.vals[e.Index].Path
			}
		} else if e.Index < len(o.args) {
			p = o.a.fieldsOf(o.a.path(o.args[e.Index]), o.args[e.Index].Type(), e.Fields)
		}
		if p == nil {
			return nil
		}
	case model.Result:
		v, ok := o.call.(*ssa.Call)
		if !ok {
			return nil
		}
		if r := o.a.resultValues(v); e.Index < len(r) {
			p = r[e.Index].Path
		}
		if p == nil {
			p = o.a.local(v)
		}
	}
	if e.Pseudo != "" {
		return o.a.host.Paths().Pseudo(p, e.Pseudo)
	}
	return p
}

func (a *analysis) expr(e model.Expr, c *ssa.CallCommon, call ssa.CallInstruction) *lock.Path {
	if e.Operand == model.Result {
		return nil
	}
	return operands{a: a, call: call, args: callArgs(c)}.path(e)
}

// fieldsOf selects fields by name, through embedded structs.
func (a *analysis) fieldsOf(p *lock.Path, t types.Type, names []string) *lock.Path {
	for _, name := range names {
		pkg := typePackage(t)
		obj, index, _ := types.LookupFieldOrMethod(t, true, pkg, name)
		if _, ok := obj.(*types.Var); !ok || p == nil {
			return nil
		}
		for _, i := range index {
			if ptr, ok := types.Unalias(t).Underlying().(*types.Pointer); ok {
				t = ptr.Elem()
			}
			f := t.Underlying().(*types.Struct).Field(i)
			p = a.selectField(p, t, f)
			t = f.Type()
		}
	}
	return p
}

// typePackage is the package that declares t, or what t points to.
func typePackage(t types.Type) *types.Package {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj().Pkg()
	}
	return nil
}

// cond is what a model's condition is about.
func (o operands) cond(c *model.Cond) (subject, bool) {
	v, ok := o.call.(*ssa.Call)
	if !ok {
		return subject{}, false
	}
	if c.Field == "" {
		return subject{v: v, idx: c.Result}, true
	}
	r := o.a.resultValues(v)
	if c.Result >= len(r) || r[c.Result].Path == nil {
		return subject{}, false
	}
	t := v.Type()
	if tuple, ok := t.(*types.Tuple); ok {
		t = tuple.At(c.Result).Type()
	}
	p := o.a.fieldsOf(r[c.Result].Path, t, []string{c.Field})
	return subject{path: p}, p != nil
}
