package flow

import (
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

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
	if c.Sole {
		if p := ops.lock(c); p == nil || !a.host.Sole(p) {
			return []state{s}
		}
	}
	if c.If != nil {
		a.interesting = true
		on, ok := ops.cond(c.If)
		if !ok {
			return []state{s}
		}
		val, is := "true", c.If.Want
		if ops.isError(c.If) {
			val, is = "nil", !is
		}
		no := s
		no.facts = learn(no.facts, fact{on: on, val: val, is: !is})
		yes := s
		yes.facts = learn(yes.facts, fact{on: on, val: val, is: is})
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
	case model.Begins:
		a.signal(s, ops.path(c.Expr), lock.Begin, site, nil)
	case model.Finishes:
		a.signal(s, ops.path(c.Expr), lock.Done, site, nil)
	case model.Notifies:
		a.signal(s, ops.path(c.Expr), lock.Notify, site, nil)
	case model.Stores:
		if p := ops.path(*c.In); p != nil {
			s = a.redirect(s, p)
		}
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
	if c.Within || ops.namesMethod(c.Expr) {
		if callees := a.methodCallees(c, site, ops); len(callees) > 0 {
			a.recordCall(s, site, callees)
		}
		return []state{s}
	}
	f := ops.value(c.Expr)
	var held *lock.Path
	if c.Holding != nil {
		if held = ops.path(*c.Holding); held != nil {
			s = a.acquire(s, held, lock.Exclusive, site)
		}
	}
	out := []state{s}
	var callees []Callee
	if f.Fn == nil {
		a.openValue(s, site, f, ops.values(c.Args))
		callees = a.host.Stored(f.Path, ops.values(c.Args))
	} else {
		callees = a.host.Bound(a.node, site, f.Fn, ops.values(c.Args), "model")
	}
	if len(callees) > 0 {
		a.recordCall(s, site, callees)
		out = a.applyEffects(s, site, callees, c.Detached)
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
	case e.Elem:
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
	if e.Elem {
		return o.a.host.Paths().Elem(p, o.key(e))
	}
	return p
}

// key is the key of an element.
func (o operands) key(e model.Expr) any {
	if e.Key < 0 || e.Key >= len(o.args) {
		return nil
	}
	return o.a.elemKey(o.args[e.Key])
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

// isError reports whether a condition is about an error.
func (o operands) isError(c *model.Cond) bool {
	v, ok := o.call.(*ssa.Call)
	if !ok || c.Field != "" {
		return false
	}
	t := v.Type()
	if tuple, ok := t.(*types.Tuple); ok && c.Result < tuple.Len() {
		t = tuple.At(c.Result).Type()
	}
	return types.IsInterface(t)
}
