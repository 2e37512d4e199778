package flow

import (
	"go/constant"
	"go/types"
	"strconv"
	"strings"

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

// argsAt are the arguments of a call, with the objects among them that nobody
// else knows yet marked.
func (a *analysis) argsAt(site ssa.CallInstruction) []Value {
	vals := a.args(site.Common())
	for i := range vals {
		if p := vals[i].Path; p != nil && (p.Kind == lock.Local || p.Kind == lock.Param) {
			vals[i].New = a.handsFresh(p, site)
		}
	}
	return vals
}

// callees resolves a call once.
func (a *analysis) callees(site ssa.CallInstruction) []Callee {
	if c, ok := a.callee[site]; ok {
		return c
	}
	a.callee[site] = nil
	c := a.host.Callees(a.node, site, a.eval(site.Common().Value), a.argsAt(site))
	a.bindOwn(c)
	a.callee[site] = c
	return c
}

// bindOwn gives the free variables of closures that this function makes, and
// that a variable of it may hold, their values.
func (a *analysis) bindOwn(callees []Callee) {
	for i := range callees {
		c := &callees[i]
		f := c.Node.Fn
		if c.Env.Binds != nil || len(f.FreeVars) == 0 || f.Parent() != a.fn {
			continue
		}
		mk := closureOf(f)
		if mk == nil || a.inLoop(mk.Block()) {
			continue
		}
		for _, b := range mk.Bindings {
			c.Env.Binds = append(c.Env.Binds, a.eval(b))
		}
	}
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
	f := a.funcAt(&s, c)
	if f != nil {
		if t, args := thunk(f, a.args(c)); t != nil {
			if m := a.host.Model(t); m != nil {
				return a.applyBound(s, m, site, args)
			}
		}
	}
	var callees []Callee
	if f != nil && a.eval(c.Value).Fn == nil {
		callees = a.host.Bound(a.node, site, f, a.argsAt(site), "func")
	} else {
		callees = a.ofType(&s, c, a.calleesIn(&s, site))
	}
	a.open(s, site)
	if len(callees) == 0 {
		s.facts = a.forgetCall(s.facts, site, nil)
		return []state{s}
	}
	a.recordCall(s, site, callees)
	return a.applyEffects(s, site, a.releasers(&s, site, callees), false)
}

// funcAt returns the function called, where the value or the state tells.
func (a *analysis) funcAt(s *state, c *ssa.CallCommon) *FuncVal {
	if c.IsInvoke() {
		return nil
	}
	if f := a.eval(c.Value).Fn; f != nil || c.StaticCallee() != nil {
		return f
	}
	return a.funcs[a.tag(s, a.subjectOf(c.Value), funcTag)]
}

// ofType keeps, of the functions that an interface call may call, those of the
// dynamic type that the state knows: who has called Lock of one type goes on
// to call Unlock of the same.
func (a *analysis) ofType(s *state, c *ssa.CallCommon, callees []Callee) []Callee {
	if !c.IsInvoke() || len(callees) < 2 {
		return callees
	}
	text := a.tag(s, a.subjectOf(c.Value), typeTag)
	if text == "" {
		return callees
	}
	for i := range callees {
		if receiverTag(&callees[i]) == text {
			return callees[i : i+1 : i+1]
		}
	}
	return callees
}

// A fact may say which function or what dynamic type a value is. Its text
// begins with one of these.
const (
	funcTag = "func "
	typeTag = "type "
)

// tag looks up such a fact.
func (a *analysis) tag(s *state, on subject, kind string) string {
	for i := range s.facts {
		if f := &s.facts[i]; f.on == on && f.is && strings.HasPrefix(f.val, kind) {
			return f.val
		}
	}
	return ""
}

// receiverTag is the fact of an interface value on which the callee is called.
func receiverTag(c *Callee) string {
	if len(c.Node.Fn.Params) == 0 {
		return ""
	}
	return dynamicTag(c.Node.Fn.Params[0].Type())
}

func dynamicTag(t types.Type) string { return typeTag + types.TypeString(t, nil) }

// learnFunc returns the fact that a value is a function.
func (a *analysis) learnFunc(facts []fact, on subject, f *FuncVal) []fact {
	var b strings.Builder
	b.WriteString(funcTag + Value{Fn: f}.Shape())
	for _, x := range f.Binds {
		if x.Path != nil {
			b.WriteString(" " + strconv.Itoa(x.Path.ID))
		}
	}
	if a.funcs == nil {
		a.funcs = make(map[string]*FuncVal)
	}
	a.funcs[b.String()] = f
	return learn(facts, fact{on: on, val: b.String(), is: true})
}

// calleesIn resolves a call in a state: a boolean argument that the state
// decides is passed on as the constant that it is.
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
			args = a.argsAt(site)
		}
		args[i].Const = constant.MakeBool(truth)
	}
	if args == nil {
		return a.callees(site)
	}
	return a.host.Callees(a.node, site, a.eval(c.Value), args)
}

// truth looks up a boolean in the facts, and in those under which a lock that
// is held was taken, unless somebody called since then plainly changes it.
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
	s.facts = a.forgetCall(s.facts, site, callees)
	s.held = a.forgetGuards(s.held, callees)
	differ := site.Common().IsInvoke() && a.differ(callees)
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
			if differ {
				t.facts = learn(t.facts, fact{on: a.subjectOf(site.Common().Value), val: receiverTag(c), is: true})
			}
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

// differ reports whether it makes a difference to what is held which of the
// functions is called, and all are known by their types.
func (a *analysis) differ(callees []Callee) bool {
	for i := range callees {
		if len(callees) < 2 || receiverTag(&callees[i]) == "" {
			return false
		}
	}
	for i := range callees {
		if eff := a.host.Effect(callees[i].Node); len(eff.Exits) > 0 && !eff.Trivial() {
			return true
		}
	}
	return false
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

// holeIn is a lock that a callee releases, in terms of its caller. Of a function
// value, what it is bound to may not be known: then it is the held lock of
// that class, or nil.
func (a *analysis) holeIn(s *state, env *Env, h Hole) *lock.Path {
	if p := env.Subst(a.host.Paths(), h.Path).Path; p != nil {
		return p
	}
	class, final := a.host.Names().Class(h.Path)
	for i := range s.held {
		if held, _ := a.host.Names().Class(s.held[i].Path); final && held == class {
			return a.host.Paths().Opaque(class)
		}
	}
	return nil
}

// releasers keeps, of the functions that a function value may be, those that
// release what is held, if there are any: a lock and the function that gives
// it back come together.
func (a *analysis) releasers(s *state, site ssa.CallInstruction, callees []Callee) []Callee {
	if len(callees) < 2 || len(s.held) == 0 || site.Common().IsInvoke() {
		return callees
	}
	var out []Callee
	for i := range callees {
		c := &callees[i]
		fits := false
		for _, x := range a.host.Effect(c.Node).Exits {
			for _, h := range x.Holes {
				p := a.holeIn(s, &c.Env, h)
				fits = fits || p != nil && a.holds(s, p)
			}
		}
		if fits {
			out = append(out, *c)
		}
	}
	if len(out) == 0 {
		return callees
	}
	return out
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
		if p := a.holeIn(&s, &env, h); p != nil {
			n := len(s.holes)
			s = a.release(s, p, h.Mode)
			if len(s.holes) > n {
				s.holes[n].Own = h.Path.Exact()
			}
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
				if f := env.Lower(paths, Value{Fn: r.Fn}).Fn; f != nil {
					s.facts = a.learnFunc(s.facts, subject{v: v, idx: i}, f)
				}
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

// recordCall notes a call. A site may make several: by the clauses of a model,
// or where the state decides what is called.
func (a *analysis) recordCall(s state, site ssa.Instruction, callees []Callee) {
	k := recordKey{instr: site, state: heldKey(s)}
	for i := range callees {
		k.state += " " + strconv.Itoa(callees[i].Node.ID)
	}
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
	fresh := !mode.Signals() && a.fresh(p, site)
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
	h := Held{Path: p, Mode: mode, Site: at, Fresh: fresh, Try: try, guards: s.facts}
	if len(s.held) == 0 { // who waited for the lock may find the world changed
		s.facts = a.forgetMemory(s.facts)
	}
	return s.hold(h)
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
			next = append(next, a.again(a.call(t, d, d.Common(), "defer"), d)...)
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

// again runs a deferred call of a loop as long as it releases something: it was
// deferred on each turn.
func (a *analysis) again(states []state, d *ssa.Defer) []state {
	if !a.inLoop(d.Block()) {
		return states
	}
	for i := range states {
		for len(states[i].held) > 0 {
			more := a.call(states[i], d, d.Common(), "defer")
			if len(more) != 1 || len(more[0].held) >= len(states[i].held) || len(more[0].holes) > len(states[i].holes) {
				break
			}
			states[i] = more[0]
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
