package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
	"github.com/lockorder/lockorder/lockorder/internal/scc"
)

// A Host knows the rest of the program.
type Host interface {
	Paths() *lock.Paths
	Names() *lock.Names
	// ModelOf returns the model of what a call names, Model that of a function.
	ModelOf(c *ssa.CallCommon) *model.Model
	Model(f *ssa.Function) *model.Model
	// Callees resolves a call. callee is the value called (of a dynamic call)
	// or the receiver (of an interface call).
	Callees(caller *Node, site ssa.CallInstruction, callee Value, args []Value) []Callee
	// Bound resolves a call of a known function value.
	Bound(caller *Node, site ssa.Instruction, f *FuncVal, args []Value, via string) []Callee
	// Stored resolves a call of what is stored in a field of an object that is
	// itself in a field or variable: the New of a sync.Pool.
	Stored(field *lock.Path, args []Value) []Callee
	// Releases returns the function that a field always has, if it gives back
	// a lock: no more than a caller needs to see that it does.
	Releases(field *lock.Path) *FuncVal
	// Methods returns the methods of a type by which fmt formats its values.
	Methods(t types.Type) []*ssa.Function
	// Method returns the exported method of a type, or nil.
	Method(t types.Type, name string) *ssa.Function
	// Effect returns what a call of n does. For a function that is being
	// analysed further up it is what was found so far.
	Effect(n *Node) *Effect
	// Taken reports whether a modelled operation somewhere takes the class.
	Taken(class string) bool
	// Unset reports whether a global is known to keep its zero value.
	Unset(g *ssa.Global) bool
	// Constant reports whether a field is stored in objects just made only.
	Constant(f *types.Var) bool
	// SetBefore returns the store by which the function of a field's address
	// gives the object with the field to a new owner, or nil.
	SetBefore(at *ssa.FieldAddr) *ssa.Store
	// Dropped reports whether a field is set to nil, other than where its object
	// is made.
	Dropped(f *types.Var) bool
	// SentBy reports whether the channels in a field all have a buffer, and only the
	// function sends to them, in one place.
	SentBy(f *types.Var, fn *ssa.Function) bool
	// Leaks reports whether fn may make its i'th parameter known to other
	// goroutines or keep it.
	Leaks(fn *ssa.Function, i int) bool
	// Kept reports whether a function that an interface call may call, of those in
	// view, may make an argument known to other goroutines or keep it.
	Kept(site *ssa.Call) bool
	// ReturnsNew reports whether what fn returns as its i'th result is an object
	// that it has just allocated and that nobody else knows.
	ReturnsNew(fn *ssa.Function, i int) bool
	// Modifies reports whether a call of f may change the field or package
	// variable v; of nil, whether anybody may. Plainly: itself, or in functions
	// that it names.
	Modifies(f *ssa.Function, v *types.Var, plainly bool) bool
	// Dying returns the blocks, by index, from which every path ends in a panic
	// or the end of the program; nil if there are none.
	Dying(fn *ssa.Function) []bool
	// Opens reports whether calls that the view does not resolve are to be
	// recorded: there are importers who may.
	Opens() bool
	// Sole reports whether a semaphore has a single permit.
	Sole(p *lock.Path) bool
	// Spin returns the spin locks of a function's loops.
	Spin(fn *ssa.Function) *Spins
}

const (
	maxStates = 16    // properties of a block before they are joined
	maxSteps  = 20000 // blocks walked in one function before all are joined
)

type analysis struct {
	host        Host
	node        *Node
	fn          *ssa.Function
	ctx         Context
	interesting bool // something is held or released somewhere
	plain       bool // nothing is held anywhere: facts are not worth their while
	took        []taking

	*tables
	none     *lock.Path // of what is no object
	reach    [][]bool
	loops    []bool // by block; see inLoop
	spins    *Spins
	dying    []bool
	counters map[ssa.Value]bool
	guards   map[guardKey]bool
	funcs    map[string]*FuncVal                 // by their facts
	released map[*ssa.BasicBlock]map[string]bool // by the loop around a block
	reads    *loads

	steps int
	low   int // no block before it has a state to walk

	rec    *Record
	effect *Effect
}

type blockStates struct {
	states  []pending // at most maxStates
	joined  *pending
	pending bool
}

type pending struct {
	state state
	turn  string // see counterKey
	dirty bool
}

type recordKey struct {
	instr ssa.Instruction
	path  *lock.Path
	state string
	to    int // of a call of one node: its ID, and one
}

// Analyze computes the record and the effect of a node.
func Analyze(host Host, n *Node) (*Record, *Effect) {
	if len(n.Fn.Blocks) == 0 {
		return &Record{}, NoEffect
	}
	t := newTables()
	a := newAnalysis(host, n, t)
	// Most functions hold nothing anywhere. The first walk takes the function
	// for one of these, and stops when it is not.
	a.plain = true
	a.walk()
	if !a.plain {
		t.again()
		b := newAnalysis(host, n, t)
		b.reach, b.loops, b.reads = a.reach, a.loops, a.reads
		b.counters = counters(n.Fn)
		b.walk()
		a = b
	}
	a.rec.Calls = slices.Clone(t.calls)
	a.effect.reconcile()
	a.leaks()
	t.done()
	return a.rec, a.effect
}

func (a *analysis) walk() {
	n := a.node
	a.enlarge(len(n.Fn.Blocks))
	a.enter(n.Fn.Blocks[0], nil, state{})
	for {
		b := a.nextBlock()
		if b == nil {
			return
		}
		a.walkBlock(b)
		if a.plain && a.interesting {
			a.plain = false
			return
		}
	}
}

func newAnalysis(host Host, n *Node, t *tables) *analysis {
	return &analysis{
		host: host, node: n, fn: n.Fn, ctx: n.Ctx,
		tables: t,
		rec:    &Record{},
		effect: &Effect{},
		spins:  host.Spin(n.Fn),
		dying:  host.Dying(n.Fn),
	}
}

// nextBlock returns the first block, in the function's order, that has a
// state to walk.
func (a *analysis) nextBlock() *ssa.BasicBlock {
	for ; a.low < len(a.blocks); a.low++ {
		if a.blocks[a.low].pending {
			return a.fn.Blocks[a.low]
		}
	}
	return nil
}

// await makes a block one of those to walk.
func (a *analysis) await(i int) {
	a.blocks[i].pending = true
	a.low = min(a.low, i)
}

func (a *analysis) walkBlock(b *ssa.BasicBlock) {
	bs := &a.blocks[b.Index]
	bs.pending = false
	if j := bs.joined; j != nil {
		if j.dirty {
			j.dirty = false
			a.steps++
			a.step(b, 0, j.state)
		}
		return
	}
	for i := 0; i < len(bs.states); i++ { // which may grow meanwhile
		p := &bs.states[i]
		if !p.dirty {
			continue
		}
		p.dirty = false
		a.steps++
		a.step(b, 0, p.state)
		if bs.joined != nil {
			a.await(b.Index)
			return
		}
	}
}

// step walks the instructions of b from i on.
func (a *analysis) step(b *ssa.BasicBlock, i int, s state) {
	for ; i < len(b.Instrs); i++ {
		in := b.Instrs[i]
		if v, ok := in.(ssa.Value); ok && len(s.held)+len(s.facts) > 0 && a.inLoop(b) {
			if _, phi := in.(*ssa.Phi); !phi {
				s = a.redefine(s, v, nil)
			}
		}
		switch in := in.(type) {
		case *ssa.Store:
			s = a.storeSpin(a.store(s, in), in)
		case *ssa.Send, *ssa.Select:
			a.channel(s, in)
			s.facts = a.forgetMemory(s.facts)
		case *ssa.MapUpdate:
			s.facts = forget(s.facts, func(on subject) bool { return on.path != nil && on.path.HasElem() })
		case *ssa.UnOp:
			a.channel(s, in)
		case *ssa.Phi:
		case *ssa.Defer:
			if n := len(s.defers); n == 0 || s.defers[n-1] != in {
				s.defers = append(s.defers[:n:n], in)
			}
		case *ssa.Go:
			s = a.spawn(in, s)
		case *ssa.Call:
			out := a.bounded(a.call(s, in, in.Common(), ""))
			if len(out) == 1 {
				s = out[0]
				continue
			}
			for _, t := range out {
				a.step(b, i+1, t)
			}
			return
		case *ssa.RunDefers:
			out := a.bounded(a.runDefers(s))
			if len(out) == 1 {
				s = out[0]
				continue
			}
			for _, t := range out {
				a.step(b, i+1, t)
			}
			return
		case *ssa.Return:
			a.exit(s, in)
			return
		case *ssa.Panic:
			return
		case *ssa.If:
			a.branch(b, s, in)
			return
		case *ssa.Jump:
			a.enter(b.Succs[0], b, s)
			return
		}
	}
}

// bounded joins the ways that a call splits a path into, once a function has
// had too many of them: within one block they multiply from call to call.
func (a *analysis) bounded(out []state) []state {
	if len(out) < 2 {
		return out
	}
	if a.steps += len(out); a.steps <= maxSteps {
		return out
	}
	all := out[0]
	for _, s := range out[1:] {
		all = join(all, s)
	}
	a.rec.Joined = true
	return []state{all}
}

func (a *analysis) branch(b *ssa.BasicBlock, s state, in *ssa.If) {
	truth, ok := a.decide(&s, in.Cond)
	if !ok {
		truth, ok = a.guarded(&s, in)
	}
	if ok {
		i := 0
		if !truth {
			i = 1
		}
		a.enter(b.Succs[i], b, a.assume(s, in.Cond, truth))
		return
	}
	a.enter(b.Succs[0], b, a.assume(s, in.Cond, true))
	a.enter(b.Succs[1], b, a.assume(s, in.Cond, false))
}

// inLoop reports whether b can be reached from itself.
func (a *analysis) inLoop(b *ssa.BasicBlock) bool {
	if a.loops == nil {
		a.loops = make([]bool, len(a.fn.Blocks))
		for _, c := range scc.Components(len(a.fn.Blocks), func(v int, visit func(int)) {
			for _, s := range a.fn.Blocks[v].Succs {
				visit(s.Index)
			}
		}) {
			for _, v := range c {
				a.loops[v] = len(c) > 1 || slices.Contains(a.fn.Blocks[v].Succs, a.fn.Blocks[v])
			}
		}
	}
	return a.loops[b.Index]
}

// reaches reports whether a path of at least one edge leads from b to c.
func (a *analysis) reaches(b, c *ssa.BasicBlock) bool {
	if a.reach == nil {
		a.reach = make([][]bool, len(a.fn.Blocks))
	}
	seen := a.reach[b.Index]
	if seen == nil {
		seen = make([]bool, len(a.fn.Blocks))
		a.reach[b.Index] = seen
		stack := append([]*ssa.BasicBlock(nil), b.Succs...)
		for len(stack) > 0 {
			x := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if seen[x.Index] {
				continue
			}
			seen[x.Index] = true
			stack = append(stack, x.Succs...)
		}
	}
	return seen[c.Index]
}
