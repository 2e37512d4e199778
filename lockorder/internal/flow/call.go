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
		switch v := &vals[i]; {
		case v.Path == nil:
		case v.Path.Kind == lock.Local || v.Path.Kind == lock.Param:
			v.New = a.handsFresh(v.Path, site)
		case v.Path.Kind == lock.Field && v.Fn == nil:
			if v.Fn = a.host.Releases(v.Path); v.Fn != nil {
				v.OrNil = true
			}
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
		case "delete", "clear":
			s = a.redirect(s, a.path(c.Args[0]))
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
		if t := thunk(f); t != nil {
			if m := a.host.Model(t); m != nil {
				return a.applyBound(s, m, site, append([]Value{f.Binds[0]}, a.args(c)...))
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
	n := c.Node
	if f := n.Fn; n.tag == "" && len(f.Params) > 0 {
		n.tag = dynamicTag(f.Params[0].Type())
	} else if end := strings.LastIndex(f.Name(), ")."); n.tag == "" && end > 0 && len(f.Blocks) == 0 {
		n.tag = typeTag + f.Name()[1:end] // of another package: (*path.T).m
	}
	return n.tag
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
// decides is passed on as the constant that it is, and so is a number that
// differs from way to way (skip, or skip+1 if it is positive).
func (a *analysis) calleesIn(s *state, site ssa.CallInstruction) []Callee {
	if len(s.facts)+len(s.held) == 0 {
		return a.callees(site)
	}
	c := site.Common()
	var args []Value
	for i, v := range callArgs(c) {
		c := a.argumentIn(s, v)
		if c == nil {
			continue
		}
		if args == nil {
			args = a.argsAt(site)
		}
		args[i].Const = c
	}
	if args == nil {
		return a.callees(site)
	}
	return a.host.Callees(a.node, site, a.eval(c.Value), args)
}

// argumentIn is the constant that an argument is in a state, or nil.
func (a *analysis) argumentIn(s *state, v ssa.Value) constant.Value {
	b, ok := v.Type().Underlying().(*types.Basic)
	if !ok || a.eval(v).Const != nil {
		return nil
	}
	if b.Info()&types.IsBoolean != 0 {
		if truth, ok := a.truth(s, v); ok {
			return constant.MakeBool(truth)
		}
		return nil
	}
	if _, ok := v.(*ssa.Phi); ok && b.Info()&types.IsInteger != 0 {
		return within(a.constAt(s, v), b)
	}
	return nil
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
// Its receiver is the one value bound.
func thunk(f *FuncVal) *ssa.Function {
	if len(f.Binds) != 1 || len(f.Fn.FreeVars) != 1 || f.Fn.Parent() != nil {
		return nil
	}
	obj, ok := f.Fn.Object().(*types.Func)
	if !ok {
		return nil
	}
	return f.Fn.Prog.FuncValue(obj)
}
