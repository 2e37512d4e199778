package flow

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A Node is a function in a context: what its caller binds to the parameters
// and free variables that matter. Its Record is computed once.
type Node struct {
	Fn  *ssa.Function
	Ctx Context
	Key string // of the context; "" for the general one
	ID  int    // dense, in order of discovery

	Record *Record
	Effect *Effect

	tag string // see receiverTag
}

// A Context gives the known values of slots: parameters first, then free
// variables.
type Context map[int]Value

// A Callee is a node called, with the values of its roots.
type Callee struct {
	Node *Node
	Env  Env
	Via  string // call, interface, func, defer or model
}

// A Site is where a lock was taken.
type Site struct {
	Fn    *ssa.Function
	Instr ssa.Instruction
	Via   string // how Fn makes the call at Instr, if Inner is not nil
	Inner *Site  // in the callee that took it and returned holding

	// Released: on some path Fn, or a caller that it returned to, releases
	// what was taken here. What nobody releases is handed to somebody else.
	Released bool
	// ByCaller: a caller of Fn does.
	ByCaller bool
}

// Innermost returns the acquisition itself.
func (s *Site) Innermost() *Site {
	for s.Inner != nil {
		s = s.Inner
	}
	return s
}

// A Held is a lock that is held.
type Held struct {
	Path  *lock.Path
	Mode  lock.Mode
	Site  *Site
	Fresh bool // of an object that no other goroutine can have seen
	Try   bool // by an attempt: no caller can have held it

	// guards are the facts under which it was taken.
	guards []fact
	again  bool // it was taken again since
}

// A Hole is a lock of the caller's that is released.
type Hole struct {
	Path *lock.Path
	Mode lock.Mode
	Own  bool // by the function itself, or by a callee that was told which
}

// An Effect is what a call does to the held set.
type Effect struct {
	Exits []Exit // the ways of returning; none: it never returns
}

// An Exit is one way of returning.
type Exit struct {
	Held    []Held // taken and kept; paths in the callee's terms
	Holes   []Hole // the caller's, released and not taken again
	Results []Value
	Conds   []SlotFact  // what must hold of the slots on this way
	Return  *ssa.Return // the first of them, or the first that fails
	Failed  bool        // Return gives an error that is surely one
	trues   []int       // the results that some of its returns give as true
}

func (x *Exit) releases(p *lock.Path) bool {
	for _, h := range x.Holes {
		if h.Path == p {
			return true
		}
	}
	return false
}

// told reports whether exit j differs from all others by a constant result or
// by a condition on a parameter.
func (e *Effect) told(j int) bool {
	x := &e.Exits[j]
	for i := range e.Exits {
		if i == j {
			continue
		}
		y := &e.Exits[i]
		apart := false
		for k := range x.Results {
			s, t := x.Results[k].constText(), y.Results[k].constText()
			apart = apart || s != "" && t != "" && s != t
		}
		for _, c := range x.Conds {
			for _, d := range y.Conds {
				apart = apart || c.on(&d) && c.Val == d.Val && c.Is != d.Is
				apart = apart || c.on(&d) && c.Val != d.Val && c.Is && d.Is
			}
		}
		if !apart {
			return false
		}
	}
	return true
}

// releaseAll keeps, of a function that releases locks one by one in a loop,
// and those of its caller, the ways on which it does: the way that skips the
// loop has nothing to release.
func (e *Effect) releaseAll() {
	for i := range e.Exits {
		for _, h := range e.Exits[i].Holes {
			if h.Path.Exact() || !h.Own {
				continue
			}
			var keep []Exit
			for j := range e.Exits {
				if e.Exits[j].releases(h.Path) || e.told(j) {
					keep = append(keep, e.Exits[j])
				}
			}
			e.Exits = keep
			return
		}
	}
}

// reconcile drops the exits that come of conditions which the walk could not
// correlate: a function that on some way keeps a lock that it takes, and on
// another releases the same lock without having taken it, takes and releases
// it under the same condition.
func (e *Effect) reconcile() {
	e.releaseAll()
	bad := make(map[*lock.Path]bool)
	for i := range e.Exits {
		for _, h := range e.Exits[i].Held {
			for j := range e.Exits {
				if e.Exits[j].releases(h.Path) {
					bad[h.Path] = true
				}
			}
		}
	}
	if len(bad) == 0 {
		return
	}
	var keep []Exit
	for _, x := range e.Exits {
		ok := true
		for _, h := range x.Held {
			ok = ok && !bad[h.Path]
		}
		for _, h := range x.Holes {
			ok = ok && !bad[h.Path]
		}
		if ok {
			keep = append(keep, x)
		}
	}
	if len(keep) > 0 {
		e.Exits = keep
	}
}

// A SlotFact says that a parameter or free variable, or if Path is not nil what
// memory holds there, which never changes, equals (Is) or does not equal the
// constant Val.
type SlotFact struct {
	Slot int
	Path *lock.Path
	Val  string
	Is   bool
}

// on reports whether two facts are of one thing.
func (f *SlotFact) on(g *SlotFact) bool { return f.Slot == g.Slot && f.Path == g.Path }

// NoEffect is the effect of a function that returns and does nothing.
var NoEffect = &Effect{Exits: []Exit{{}}}

// idle says that the held set is as it was.
func (x *Exit) idle() bool { return len(x.Held)+len(x.Holes) == 0 }

// Idle reports whether some way leaves the held set as it was.
func (e *Effect) Idle() bool {
	return slices.ContainsFunc(e.Exits, func(x Exit) bool { return x.idle() })
}

// Changes reports whether some way changes the held set.
func (e *Effect) Changes() bool {
	return slices.ContainsFunc(e.Exits, func(x Exit) bool { return !x.idle() })
}

// WithoutIdle returns the effect without the ways that leave the held set as it
// was.
func (e *Effect) WithoutIdle() *Effect {
	out := &Effect{}
	for _, x := range e.Exits {
		if !x.idle() {
			out.Exits = append(out.Exits, x)
		}
	}
	return out
}

// Trivial reports whether the effect is to return with the held set as it was.
func (e *Effect) Trivial() bool {
	return len(e.Exits) == 1 && e.Exits[0].idle()
}

// result returns what every exit says of result i.
func (e *Effect) result(i int) (Value, bool) {
	var all Value
	for n, x := range e.Exits {
		if i >= len(x.Results) {
			return Value{}, false
		}
		w := x.Results[i]
		if n > 0 {
			w = all.and(w)
		}
		all = w
	}
	if all.Path == nil && all.Fn == nil && all.Const == nil && all.Dyn == nil && all.Fields == nil {
		return Value{}, false
	}
	return all, true
}

// A Record is what a function does, as the linking of functions needs it.
type Record struct {
	Acquires []Acquire
	Calls    []Call
	Spawns   []Spawn
	Leaks    []Leak
	Signals  []Signal
	Opens    []Open
	Joined   bool // a bound was hit and paths were joined
}

// An Acquire is a lock taken in the function itself.
type Acquire struct {
	Path   *lock.Path
	Mode   lock.Mode
	Try    bool
	Nested bool // its holder may take it again
	Fresh  bool
	Site   *Site
	Held   []Held // before
	Holes  []Hole
}

// A Call is a call with what is held there.
type Call struct {
	Instr   ssa.Instruction
	Callees []Callee
	Held    []Held
	Holes   []Hole
}

// A Leak is a lock that the function takes, releases on some ways, and keeps
// on the way to Return.
type Leak struct {
	Held   Held
	Return *ssa.Return
	Failed bool // that way gives an error
}

// A Signal ends somebody's wait.
type Signal struct {
	Path  *lock.Path
	Mode  lock.Mode // Receive, Send, Close, Done or Notify
	Instr ssa.Instruction
	Held  []Held
	End   *Node // if not nil, it is given when End returns, not at Instr
	Once  bool  // by a select, whose case for a channel of this call does not lead back there
}

// A Spawn starts a goroutine, which holds nothing.
type Spawn struct {
	Instr   ssa.Instruction
	Callees []Callee
	InLoop  bool
}

// Same reports whether two effects are alike as far as a caller can tell.
func (e *Effect) Same(f *Effect) bool {
	if len(e.Exits) != len(f.Exits) {
		return false
	}
	for i := range e.Exits {
		x, y := &e.Exits[i], &f.Exits[i]
		if len(x.Held) != len(y.Held) || len(x.Holes) != len(y.Holes) || len(x.Conds) != len(y.Conds) {
			return false
		}
		for j := range x.Held {
			if x.Held[j].Path != y.Held[j].Path || x.Held[j].Mode != y.Held[j].Mode {
				return false
			}
		}
		for j := range x.Holes {
			if x.Holes[j].Path != y.Holes[j].Path {
				return false
			}
		}
	}
	return true
}

// Light makes the record of a function from which no lock operation can be
// reached: it only returns, and what it returns is read off its code.
func Light(host Host, n *Node, returns bool) (*Record, *Effect) {
	if !returns {
		return &Record{}, &Effect{}
	}
	if len(n.Fn.Blocks) > 24 || n.Fn.Signature.Results().Len() == 0 {
		return &Record{}, NoEffect
	}
	t := newTables()
	a := newAnalysis(host, n, t)
	for _, b := range n.Fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			a.exit(state{}, ret)
		}
	}
	t.done()
	if len(a.effect.Exits) == 0 {
		return a.rec, NoEffect
	}
	return a.rec, a.effect
}
