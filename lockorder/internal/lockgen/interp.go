package lockgen

import (
	"slices"
	"strings"
)

// Bounds of one path. A path that meets one is cut: what it did is allowed but
// not demanded, since it might never have come to an end.
const (
	maxSteps   = 4000
	maxDepth   = 24
	maxRepeats = 2 // frames of one function, for recursion
	maxIter    = 2 // iterations of a loop
)

// A tape is the sequence of choices of one path. Enumerating paths is counting
// up on it and running again from the start, so that the interpreter is the
// plain recursive one, without continuations.
type tape struct {
	choice, arity []int
	pos           int
	random        func(n int) int // if set, new choices are drawn, not 0
}

func (t *tape) pick(n int) int {
	if t.pos == len(t.choice) {
		c := 0
		if t.random != nil {
			c = t.random(n)
		}
		t.choice, t.arity = append(t.choice, c), append(t.arity, n)
	}
	t.pos++
	return t.choice[t.pos-1]
}

// next moves to the next path and reports whether there is one.
func (t *tape) next() bool {
	t.pos = 0
	for n := len(t.choice) - 1; n >= 0; n-- {
		if t.choice[n]++; t.choice[n] < t.arity[n] {
			t.choice, t.arity = t.choice[:n+1], t.arity[:n+1]
			return true
		}
	}
	return false
}

// An object is a struct, or a package variable that is a lock. Two are the
// same if their names are.
type object struct{ name, typ string }

// A value is a bool, a pointer to an object, or a func(); a nil obj is an
// implementation of Doer, and a nil fn a func(), that does nothing.
type value struct {
	b   bool
	obj *object
	fn  *closure
}

// A closure is a func() value: a declared function with perhaps its receiver,
// or a literal's body with its variables.
type closure struct {
	fn    *Func
	args  []value
	body  []*Stmt
	env   *env
	owner string // the declared function around the literal
}

// An env is a list of variables; none is assigned twice.
type env struct {
	name string
	val  value
	up   *env
}

// A ctl says how a block was left.
type ctl int

const (
	fellOff ctl = iota
	returned
	panicked
	cut
)

// A hold is a lock that is held.
type hold struct {
	lock  lockID
	class string
	mode  string
	owner string // the function that took it
	n     int
}

// A lockID is one lock: "object.field".
type lockID string

// A frame is a call under way.
type frame struct {
	owner  string
	body   []*Stmt
	defers []func() ctl
	result value
}

// A machine runs one goroutine along one path.
type machine struct {
	prog  *Program
	tape  *tape
	log   *pathLog
	held  []hold
	stack []*frame
	steps int
}

func (m *machine) top() *frame { return m.stack[len(m.stack)-1] }

// enter runs a body as a call: it pushes a frame, and its deferred calls run
// however it is left, unless the path is cut.
func (m *machine) enter(owner string, body []*Stmt, e *env) (ctl, value) {
	repeats := 0
	for _, f := range m.stack {
		// By body, for a closure in a closure is no recursion.
		if len(body) > 0 && len(f.body) > 0 && f.body[0] == body[0] {
			repeats++
		}
	}
	if len(m.stack) >= maxDepth || repeats >= maxRepeats+1 {
		return cut, value{}
	}
	f := &frame{owner: owner, body: body}
	m.stack = append(m.stack, f)
	c := m.block(body, e)
	for n := len(f.defers) - 1; n >= 0 && c != cut; n-- {
		if d := f.defers[n](); d == panicked || d == cut {
			c = d
		}
	}
	m.stack = m.stack[:len(m.stack)-1]
	if c == returned {
		c = fellOff
	}
	return c, f.result
}

func (m *machine) block(b []*Stmt, e *env) ctl {
	for _, s := range b {
		if m.steps++; m.steps > maxSteps {
			return cut
		}
		var c ctl
		if c, e = m.stmt(s, e); c != fellOff {
			return c
		}
	}
	return fellOff
}

// stmt runs one statement; the env that it returns has what it declared.
func (m *machine) stmt(s *Stmt, e *env) (ctl, *env) {
	switch s.Kind {
	case StmtLock:
		do := func() ctl { m.op(s.Ref, s.Op, e); return fellOff }
		if s.Defer {
			m.top().defers = append(m.top().defers, do)
			return fellOff, e
		}
		return do(), e
	case StmtIf:
		c, v := m.expr(s.Cond, e)
		switch {
		case c != fellOff:
		case v.b:
			c = m.block(s.Body, e)
		default:
			c = m.block(s.Else, e)
		}
		return c, e
	case StmtLet:
		c, v := m.expr(s.Cond, e)
		return c, &env{s.Name, v, e}
	case StmtLoop:
		for range m.tape.pick(maxIter + 1) {
			if c := m.block(s.Body, e); c != fellOff {
				return c, e
			}
		}
		return fellOff, e
	case StmtCall:
		f := m.callee(s.Call, e)
		switch {
		case s.Go:
			m.log.spawns = append(m.log.spawns, spawn{f, m.top().owner, false})
		case s.Defer:
			m.top().defers = append(m.top().defers, func() ctl { c, _ := m.call(f); return c })
		default:
			c, _ := m.call(f)
			return c, e
		}
		return fellOff, e
	case StmtReturn:
		if s.Cond != nil {
			c, v := m.expr(s.Cond, e)
			if c != fellOff {
				return c, e
			}
			m.top().result = v
		}
		return returned, e
	}
	return panicked, e
}

func (m *machine) expr(x *Expr, e *env) (ctl, value) {
	c, v := fellOff, value{}
	switch x.Kind {
	case ExprOpaque:
		v.b = m.tape.pick(2) == 1
	case ExprVar:
		v = m.lookup(x.Name, e)
	case ExprTry:
		v.b = m.try(x.Ref, x.Read, e)
	case ExprCall:
		c, v = m.call(m.callee(x.Call, e))
	case ExprConst:
		v.b = x.Value
	case ExprLit:
		v.fn = m.literal(x.Body, e)
	}
	if x.Not {
		v.b = !v.b
	}
	return c, v
}

// callee evaluates all of a call but the call.
func (m *machine) callee(c *Call, e *env) *closure {
	switch c.Kind {
	case CallValue:
		return m.lookup(c.Target, e).fn
	case CallIface:
		v := m.lookup(c.Target, e)
		if v.obj == nil {
			return nil
		}
		return &closure{fn: m.prog.Func("(*" + v.obj.typ + ").Do"), args: []value{v}}
	case CallLit:
		return &closure{body: c.Body, env: e, owner: m.top().owner}
	}
	f := &closure{fn: m.prog.Func(c.Target)}
	for _, a := range c.Args {
		f.args = append(f.args, m.arg(a, e))
	}
	return f
}

// literal makes a func() value. Nobody may call it, or only on paths that are
// cut; a tool reads its body all the same, as if it were called with nothing
// held, and so it is run like that, too.
func (m *machine) literal(body []*Stmt, e *env) *closure {
	f := &closure{body: body, env: e, owner: m.top().owner}
	m.log.spawns = append(m.log.spawns, spawn{f, f.owner, true})
	return f
}

func (m *machine) arg(a Arg, e *env) value {
	switch a.Kind {
	case ArgBool:
		return value{b: a.Value}
	case ArgLit:
		return value{fn: m.literal(a.Body, e)}
	case ArgFunc:
		return value{fn: &closure{fn: m.prog.Func(a.Name)}}
	case ArgMethod:
		return value{fn: &closure{fn: m.prog.Func(a.Name), args: []value{m.lookup(a.Base, e)}}}
	}
	return m.lookup(a.Name, e)
}

func (m *machine) call(f *closure) (ctl, value) {
	if f == nil {
		return fellOff, value{}
	}
	if f.fn == nil {
		return m.enter(f.owner, f.body, f.env)
	}
	var e *env
	for i, p := range f.fn.Params {
		e = &env{p.Name, f.args[i], e}
	}
	return m.enter(f.fn.Key(), f.fn.Body, e)
}

func (m *machine) lookup(name string, e *env) value {
	for ; e != nil; e = e.up {
		if e.name == name {
			return e.val
		}
	}
	g := m.prog.Global(name)
	if g == nil {
		panic("lockgen: unknown variable " + name)
	}
	if g.Kind == GlobalIface {
		return m.lookup(g.Init, nil)
	}
	return value{obj: &object{name, g.Type}}
}

// lock resolves a Ref to the lock and its class.
func (m *machine) lock(r Ref, e *env) (lockID, string) {
	o := m.lookup(r.Base, e).obj
	if r.Field == "" {
		return lockID(o.name), m.prog.Path + "." + o.name
	}
	return lockID(o.name + "." + r.Field), m.prog.Path + "." + o.typ + "." + r.Field
}

func (m *machine) op(r Ref, op Op, e *env) {
	id, class := m.lock(r, e)
	mode := "lock"
	if op == RLock || op == RUnlock {
		mode = "rlock"
	}
	if op == Lock || op == RLock {
		m.acquire(id, class, mode)
		return
	}
	n := slices.IndexFunc(m.held, func(h hold) bool { return h.lock == id && h.mode == mode })
	if n < 0 {
		// Either the caller's lock, in a helper run as an entry, or an error
		// of the program: of such paths nothing is demanded.
		m.log.wrong = true
		return
	}
	if m.held[n].n--; m.held[n].n == 0 {
		m.held = slices.Delete(m.held, n, n+1)
	}
}

// acquire takes a lock that the goroutine waits for. Taken again by its
// holder it never comes: the path ends there, as far as demands go, and goes
// on only to find what a tool that does not stop there may say.
func (m *machine) acquire(id lockID, class, mode string) {
	again := slices.IndexFunc(m.held, func(h hold) bool { return h.lock == id })
	if again >= 0 {
		if h := m.held[again]; h.mode == "rlock" && mode == "rlock" {
			m.log.recursive = m.log.again(m.log.recursive, class, m.stack, h.owner)
		} else {
			m.log.relocks = m.log.again(m.log.relocks, class, m.stack, h.owner)
			m.log.hung = true
		}
	}
	for _, h := range m.held {
		if h.lock != id {
			m.log.edge(Edge{h.class, h.mode, class, mode}, again >= 0, m.trace(h.owner))
		}
	}
	if n := slices.IndexFunc(m.held, func(h hold) bool { return h.lock == id && h.mode == mode }); n >= 0 {
		m.held[n].n++
		return
	}
	m.held = append(m.held, hold{id, class, mode, m.top().owner, 1})
}

// try takes a lock if it is free: it makes no edge, for it does not wait.
func (m *machine) try(r Ref, read bool, e *env) bool {
	id, class := m.lock(r, e)
	mode := "lock"
	if read {
		mode = "rlock"
	}
	for n, h := range m.held {
		if h.lock != id {
			continue
		}
		if h.mode != "rlock" || !read || m.tape.pick(2) == 0 {
			return false
		}
		m.held[n].n++
		return true
	}
	if m.tape.pick(2) == 0 {
		return false
	}
	m.held = append(m.held, hold{id, class, mode, m.top().owner, 1})
	return true
}

// trace tells how the machine came to where it is.
func (m *machine) trace(holder string) string {
	var names []string
	for _, f := range m.stack {
		names = append(names, f.owner)
	}
	return strings.Join(names, " → ") + ", held since " + holder
}
