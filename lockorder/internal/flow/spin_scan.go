package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A SpinScan finds the words of a program that are spin locks.
//
// A word is one if somebody gives it a value and takes the value back, and
// somebody's loop cannot end while the word has that value. The value is a
// constant other than zero ("locked"), anything but zero (the owner), or has
// a flag set (a scan bit). Whoever gives it the value acquires the lock,
// taking it back releases it, and the loops wait for it; a loop that ends by
// giving the value takes the lock when nobody else has it.
//
// The zero value is nobody's, so that a word which is only consumed (a loop
// that swaps 1 for 0) is a signal and no lock; and a status that nobody sets
// back is no lock.
type SpinScan struct {
	modelled func(*ssa.Function) bool
	dying    func(*ssa.Function) []bool

	ops    map[any][]*atomicOp // by word
	order  []any               // words in order of discovery
	noted  map[any]bool
	bySite map[ssa.Instruction]*atomicOp
	calls  map[any][]*atomicOp // loops' calls of functions that look at a word
	flows  map[any][]any       // the parameters that a word is passed to
	own    map[any]bool        // words that models speak of
	thin   map[*ssa.Function][]*atomicOp
	back   map[*ssa.Function]bool
	loops  map[*ssa.Function][]*loop
}

// NewSpinScan returns an empty scan. The words of modelled functions are what
// the model says.
func NewSpinScan(modelled func(*ssa.Function) bool, dying func(*ssa.Function) []bool) *SpinScan {
	return &SpinScan{
		modelled: modelled, dying: dying,
		ops:    make(map[any][]*atomicOp),
		noted:  make(map[any]bool),
		bySite: make(map[ssa.Instruction]*atomicOp),
		flows:  make(map[any][]any),
		calls:  make(map[any][]*atomicOp),
		own:    make(map[any]bool),
		thin:   make(map[*ssa.Function][]*atomicOp),
		back:   make(map[*ssa.Function]bool),
		loops:  make(map[*ssa.Function][]*loop),
	}
}

// Call takes in one call of the program.
func (s *SpinScan) Call(in ssa.CallInstruction) {
	c := in.Common()
	f := c.StaticCallee()
	if f == nil || inAtomics(in.Parent()) {
		return
	}
	if op := s.atomic(in); op != nil {
		s.add(op)
		return
	}
	if len(f.Blocks) == 0 || inAtomics(f) {
		return
	}
	for i, a := range c.Args {
		if isWord(a.Type()) && i < len(f.Params) {
			if w := wordOf(a); w != nil {
				s.note(w)
				s.flows[w] = append(s.flows[w], f.Params[i])
				s.own[w] = s.own[w] || s.modelled(in.Parent())
			}
		}
	}
	if call, ok := in.(*ssa.Call); ok && s.jumpsBack(call.Parent()) {
		inner := s.looksAt(f, 0)
		if len(inner) == 0 {
			return
		}
		op := &atomicOp{site: call, verb: atomicCall, callee: f, inner: inner}
		s.bySite[call] = op
		for i, x := range inner {
			if !repeated(inner[:i], x.key) {
				s.calls[x.key] = append(s.calls[x.key], op)
			}
		}
	}
}

func repeated(ops []*atomicOp, key any) bool {
	for _, o := range ops {
		if o.key == key {
			return true
		}
	}
	return false
}

// atomic returns the atomic operation that a call is, or nil.
func (s *SpinScan) atomic(in ssa.CallInstruction) *atomicOp {
	if op := s.bySite[in]; op != nil && op.verb != atomicCall {
		return op
	}
	op := atomicOf(in)
	if op != nil {
		s.bySite[in] = op
	}
	return op
}

func (s *SpinScan) note(key any) {
	if !s.noted[key] {
		s.noted[key] = true
		s.order = append(s.order, key)
	}
}

func (s *SpinScan) add(op *atomicOp) {
	s.note(op.key)
	s.ops[op.key] = append(s.ops[op.key], op)
	s.bySite[op.site] = op
	if s.modelled(op.site.Parent()) {
		s.own[op.key] = true
	}
}

func (s *SpinScan) jumpsBack(f *ssa.Function) bool {
	b, ok := s.back[f]
	if !ok {
		b = jumpsBack(f)
		s.back[f] = b
	}
	return b
}

// maxLook bounds the blocks of a function that only looks at a word.
const maxLook = 16

// looksAt returns the atomic operations that a small function returns an
// answer from: a status, or whether a lock could be had.
func (s *SpinScan) looksAt(f *ssa.Function, depth int) []*atomicOp {
	if ops, ok := s.thin[f]; ok {
		return ops
	}
	if depth > 2 || len(f.Blocks) == 0 || len(f.Blocks) > maxLook || f.Signature.Results().Len() != 1 {
		return nil
	}
	if _, basic := f.Signature.Results().At(0).Type().Underlying().(*types.Basic); !basic {
		return nil
	}
	s.thin[f] = nil
	var ops []*atomicOp
	for _, b := range f.Blocks {
		for _, in := range b.Instrs {
			call, ok := in.(*ssa.Call)
			if !ok {
				continue
			}
			g := call.Call.StaticCallee()
			if g == nil {
				continue
			}
			if op := s.atomic(call); op != nil {
				ops = append(ops, op)
				continue
			}
			if inAtomics(g) || s.modelled(g) {
				continue
			}
			if inner := s.looksAt(g, depth+1); len(inner) > 0 {
				s.bySite[call] = &atomicOp{site: call, verb: atomicCall, callee: g, inner: inner}
				ops = append(ops, inner...)
			}
		}
	}
	s.thin[f] = ops
	return ops
}
