package flow

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
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
	// Leaks reports whether fn may make its i'th parameter known to other
	// goroutines or keep it.
	Leaks(fn *ssa.Function, i int) bool
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

	values   map[ssa.Value]Value
	pending  map[ssa.Value]bool
	stores   map[*ssa.Alloc]*ssa.Store
	callee   map[ssa.CallInstruction][]Callee
	escapes  map[ssa.Value][]ssa.Instruction
	reach    [][]bool
	spins    *Spins
	dying    []bool
	counters map[ssa.Value]bool
	guards   map[guardKey]bool
	funcs    map[string]*FuncVal                 // by their facts
	released map[*ssa.BasicBlock]map[string]bool // by the loop around a block
	reads    *loads

	blocks []blockStates
	steps  int

	rec      *Record
	recorded map[recordKey]bool
	exits    map[string]int
	effect   *Effect
}

type blockStates struct {
	states  map[string]*pending
	order   []string
	joined  *pending
	pending bool
}

type pending struct {
	state state
	dirty bool
}

type recordKey struct {
	instr ssa.Instruction
	path  *lock.Path
	state string
}

// Analyze computes the record and the effect of a node.
func Analyze(host Host, n *Node) (*Record, *Effect) {
	a := newAnalysis(host, n)
	if len(n.Fn.Blocks) == 0 {
		return a.rec, NoEffect
	}
	// Most functions hold nothing anywhere. The first walk takes the function
	// for one of these, and stops when it is not.
	a.plain = true
	a.walk()
	if !a.plain {
		b := newAnalysis(host, n)
		b.values, b.stores, b.callee, b.reach, b.reads = a.values, a.stores, a.callee, a.reach, a.reads
		b.counters = counters(n.Fn)
		b.walk()
		a = b
	}
	a.effect.reconcile()
	a.leaks()
	return a.rec, a.effect
}

func (a *analysis) walk() {
	n := a.node
	a.blocks = make([]blockStates, len(n.Fn.Blocks))
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

func newAnalysis(host Host, n *Node) *analysis {
	return &analysis{
		host: host, node: n, fn: n.Fn, ctx: n.Ctx,
		values:   make(map[ssa.Value]Value),
		stores:   make(map[*ssa.Alloc]*ssa.Store),
		callee:   make(map[ssa.CallInstruction][]Callee),
		escapes:  make(map[ssa.Value][]ssa.Instruction),
		rec:      &Record{},
		recorded: make(map[recordKey]bool),
		exits:    make(map[string]int),
		effect:   &Effect{},
		spins:    host.Spin(n.Fn),
		dying:    host.Dying(n.Fn),
	}
}

// nextBlock returns the first block, in the function's order, that has a
// state to walk.
func (a *analysis) nextBlock() *ssa.BasicBlock {
	for i := range a.blocks {
		if a.blocks[i].pending {
			return a.fn.Blocks[i]
		}
	}
	return nil
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
	for i := 0; i < len(bs.order); i++ {
		p := bs.states[bs.order[i]]
		if !p.dirty {
			continue
		}
		p.dirty = false
		a.steps++
		a.step(b, 0, p.state)
		if bs.joined != nil {
			bs.pending = true
			return
		}
	}
}

// enter brings a state to a block: through its phis, then to the states that
// are there.
func (a *analysis) enter(b, from *ssa.BasicBlock, s state) {
	if a.plain {
		s.facts = nil
		if len(s.held)+len(s.holes)+len(s.defers) > 0 {
			a.interesting = true
		}
	}
	if a.dying != nil && a.dying[b.Index] {
		return
	}
	if from != nil {
		s = a.leaveLoop(b, from, s)
		s = a.phis(b, from, s)
	}
	bs := &a.blocks[b.Index]
	if bs.joined != nil || len(bs.order) >= maxStates || a.steps > maxSteps {
		a.enterJoined(bs, s)
		return
	}
	k := s.key() + a.counterKey(&s)
	p, ok := bs.states[k]
	if !ok {
		if bs.states == nil {
			bs.states = make(map[string]*pending, 1)
		}
		bs.states[k] = &pending{state: s, dirty: true}
		bs.order = append(bs.order, k)
		bs.pending = true
		return
	}
	if met := meet(p.state.facts, s.facts); len(met) < len(p.state.facts) {
		p.state.facts = met
		p.dirty = true
		bs.pending = true
	}
}

// counterKey keeps apart the turns of a loop that is unrolled.
func (a *analysis) counterKey(s *state) string {
	if len(a.counters) == 0 {
		return ""
	}
	k := ""
	for _, f := range s.facts {
		if f.is && f.on.v != nil && a.counters[f.on.v] {
			k += "\xffc" + f.on.v.Name() + "=" + f.val
		}
	}
	return k
}

func (a *analysis) enterJoined(bs *blockStates, s state) {
	a.rec.Joined = true
	if bs.joined == nil {
		bs.joined = &pending{state: s, dirty: true}
		for _, k := range bs.order {
			bs.joined.state = join(bs.joined.state, bs.states[k].state)
		}
		bs.joined.state.facts = nil
		bs.pending = true
		return
	}
	before := bs.joined.state.key()
	bs.joined.state = join(bs.joined.state, s)
	if bs.joined.state.key() != before {
		bs.joined.dirty = true
		bs.pending = true
	}
}

// phis assigns the phis of b on the edge from a predecessor: what is known of
// the value that comes in becomes known of the phi, and a lock held under it
// is held under the phi.
func (a *analysis) phis(b, from *ssa.BasicBlock, s state) state {
	if _, ok := b.Instrs[0].(*ssa.Phi); !ok {
		return s
	}
	edge := -1
	for i, p := range b.Preds {
		if p == from {
			edge = i
		}
	}
	old := s.facts
	for _, in := range b.Instrs {
		phi, ok := in.(*ssa.Phi)
		if !ok {
			break
		}
		in := phi.Edges[edge]
		if in == ssa.Value(phi) {
			continue
		}
		s = a.redefine(s, phi, in)
		on := subject{v: phi}
		if c := a.eval(in).constText(); c != "" {
			s.facts = learn(s.facts, fact{on: on, val: c, is: true})
		} else if c := a.constAt(&state{facts: old}, in); c != nil && c.Kind() == constant.Int {
			s.facts = learn(s.facts, fact{on: on, val: c.ExactString(), is: true})
		} else if from := a.subjectOf(in); from != on {
			for _, f := range old {
				if f.on == from {
					s.facts = learn(s.facts, fact{on: on, val: f.val, is: f.is})
				}
			}
		}
	}
	return s
}

// redefine makes room for a new value of v. Facts about the old one go, those
// under which a lock was taken too. Locks held under the old one are held still, but under no known path, unless
// they are held under the value in that v becomes.
func (a *analysis) redefine(s state, v, in ssa.Value) state {
	old := func(on subject) bool {
		return on.v == v || on.path != nil && on.path.Mentions(v)
	}
	if len(s.facts) > 0 {
		s.facts = forget(s.facts, old)
	}
	for i := len(s.held) - 1; i >= 0; i-- {
		h := s.held[i]
		if g := forget(h.guards, old); len(g) < len(h.guards) {
			s.held = append([]Held(nil), s.held...)
			s.held[i].guards = g
		}
		var p *lock.Path
		if in != nil {
			if q := a.path(in); q.Keyed() && h.Path != q && h.Path.HasPrefix(q) {
				p = a.replacePrefix(h.Path, q, a.path(v))
			}
		}
		if p == nil && h.Path.Mentions(v) {
			p = a.someInstance(h.Path)
		}
		if p == nil {
			continue
		}
		if !p.Exact() && s.keeps(p, h.Site, i) {
			s = s.dropHeld(i)
			continue
		}
		held := append([]Held(nil), s.held...)
		held[i].Path = p
		s.held = held
	}
	return s
}

// keeps reports whether, besides the entry at skip, an unknown instance p
// that the same instruction took is held: one stands for all that the turns
// of a loop have left.
func (s *state) keeps(p *lock.Path, site *Site, skip int) bool {
	for i, h := range s.held {
		if i != skip && h.Path == p && h.Site.Instr == site.Instr {
			return true
		}
	}
	return false
}

// someInstance is an unknown instance of p's class; where a model gives the
// lock a class of its own, still of the lock's own class below.
func (a *analysis) someInstance(p *lock.Path) *lock.Path {
	if p.Kind == lock.Rank {
		return a.host.Paths().Rank(a.someInstance(p.Base), p.Name)
	}
	class, _ := a.host.Names().Class(p)
	return a.host.Paths().Opaque(class)
}

func (a *analysis) replacePrefix(p, old, new *lock.Path) *lock.Path {
	if p == old {
		return new
	}
	if p.Base == nil {
		return nil
	}
	base := a.replacePrefix(p.Base, old, new)
	if base == nil {
		return nil
	}
	paths := a.host.Paths()
	switch p.Kind {
	case lock.Field:
		return paths.Field(base, p.Obj.(*types.Var))
	case lock.Elem:
		return paths.Elem(base, p.Key)
	case lock.View:
		return paths.View(base)
	case lock.Pseudo:
		return paths.Pseudo(base, p.Name)
	case lock.Rank:
		return paths.Rank(base, p.Name)
	}
	return nil
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
func (a *analysis) inLoop(b *ssa.BasicBlock) bool { return a.reaches(b, b) }

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
