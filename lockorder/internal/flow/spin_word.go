package flow

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A word is a word of the program with all that is done to it, wherever it is
// passed.
type word struct {
	scan  *SpinScan
	keys  map[any]bool
	ops   []*atomicOp
	calls []*atomicOp
}

func (w *word) has(key any) bool { return key != nil && w.keys[key] }

// A holding is a value of a word which says that somebody holds it.
type holding struct {
	value guess
	from  constant.Value // when nobody holds it; nil if there are many
	// shy: the values alone tell too little, so that the lock must be waited
	// for where it is taken.
	shy bool
}

var zeroConst = constant.MakeInt64(0)

// Spins returns the spin locks by function. fns are all functions, in order.
func (s *SpinScan) Spins(fns []*ssa.Function) map[*ssa.Function]*Spins {
	out := make(map[*ssa.Function]*Spins)
	var words []*word
	for _, key := range s.order {
		if w := s.word(key); w != nil {
			words = append(words, w)
		}
	}
	s.plainStores(fns, words)
	for _, w := range words {
		for _, h := range w.holdings() {
			w.roles(h, out)
		}
	}
	return out
}

// word gathers what is done to the word key; nil if it is no lock for sure.
func (s *SpinScan) word(key any) *word {
	w := &word{scan: s, keys: map[any]bool{key: true}}
	taken := false
	work := []any{key}
	for len(work) > 0 {
		k := work[len(work)-1]
		work = work[:len(work)-1]
		if s.own[k] {
			return nil
		}
		w.calls = append(w.calls, s.calls[k]...)
		for _, op := range s.ops[k] {
			w.ops = append(w.ops, op)
			taken = taken || op.verb == atomicCAS || op.verb == atomicSwap
		}
		for _, p := range s.flows[k] {
			if !w.keys[p] {
				w.keys[p] = true
				work = append(work, p)
			}
		}
	}
	if !taken {
		return nil
	}
	return w
}

// plainStores adds the stores of constants that are not atomic, in the
// packages that use the words atomically.
func (s *SpinScan) plainStores(fns []*ssa.Function, words []*word) {
	of := make(map[any][]*word)
	pkgs := make(map[*ssa.Package]bool)
	for _, w := range words {
		if len(w.candidates()) == 0 {
			continue
		}
		for k := range w.keys {
			of[k] = append(of[k], w)
		}
		for _, op := range w.ops {
			pkgs[op.site.Parent().Pkg] = true
		}
	}
	if len(of) == 0 {
		return
	}
	for _, f := range fns {
		if !pkgs[f.Pkg] || inAtomics(f) {
			continue
		}
		for _, b := range f.Blocks {
			for _, in := range b.Instrs {
				st, ok := in.(*ssa.Store)
				if !ok || constOf(st.Val) == nil {
					continue
				}
				key := wordOf(st.Addr)
				if ws := of[key]; key != nil && len(ws) > 0 {
					op := &atomicOp{site: st, verb: atomicStore, addr: st.Addr, key: key, arg: st.Val}
					for _, w := range ws {
						w.ops = append(w.ops, op)
					}
				}
			}
		}
	}
}

// candidates are the values that somebody gives to the word and that could
// mean that it is held.
func (w *word) candidates() []holding {
	var out []holding
	add := func(h holding) {
		for i := range out {
			if g := &out[i]; g.value.kind == h.value.kind && sameConst(g.value.c, h.value.c) && sameConst(g.from, h.from) {
				g.shy = g.shy && h.shy
				return
			}
		}
		out = append(out, h)
	}
	for _, op := range w.ops {
		old, arg := constOf(op.old), constOf(op.arg)
		switch {
		case op.verb == atomicSwap && arg != nil && constant.Sign(arg) != 0 && op.result() != nil:
			add(holding{value: guess{exactly, arg}, from: zeroConst})
		case op.verb != atomicCAS:
		case op.set != nil:
			add(holding{value: guess{flagged, op.set}})
		case old != nil && constant.Sign(old) == 0 && arg == nil:
			add(holding{value: guess{kind: nonzero}, from: zeroConst})
		case old == nil || arg == nil || constant.Sign(arg) == 0 || sameConst(old, arg):
		case constant.Sign(old) == 0:
			add(holding{value: guess{exactly, arg}, from: zeroConst})
		case sameConst(constant.BinaryOp(old, token.AND, arg), old):
			add(holding{value: guess{flagged, constant.BinaryOp(arg, token.AND_NOT, old)}})
		default:
			add(holding{value: guess{exactly, arg}, from: old, shy: true})
		}
	}
	return out
}

func sameConst(x, y constant.Value) bool {
	return x == nil && y == nil || x != nil && y != nil && constant.Compare(x, token.EQL, y)
}

// holdings are the values that somebody takes back again. What takes them back
// by waiting for them consumes a signal.
func (w *word) holdings() []holding {
	var out []holding
	for _, h := range w.candidates() {
		for _, op := range w.ops {
			if w.undoes(op, h) && !(h.from != nil && op.verb == atomicCAS && w.waits(op, guess{exactly, h.from}, false) != nil) {
				out = append(out, h)
				break
			}
		}
	}
	return out
}

// takes reports whether op, when it succeeds, gives the word the value.
func (w *word) takes(op *atomicOp, h holding) bool {
	old, arg := constOf(op.old), constOf(op.arg)
	switch {
	case op.verb == atomicSwap:
		return h.value.kind == exactly && arg != nil && sameConst(arg, h.value.c) && constant.Sign(h.from) == 0 && op.result() != nil
	case op.verb != atomicCAS:
		return false
	case h.value.kind == exactly:
		return old != nil && arg != nil && sameConst(old, h.from) && sameConst(arg, h.value.c)
	case h.value.kind == nonzero:
		return old != nil && constant.Sign(old) == 0 && arg == nil
	case op.set != nil:
		return sameConst(op.set, h.value.c)
	}
	return old != nil && arg != nil && !hasBits(old, h.value.c) && hasBits(arg, h.value.c) && sameConst(constant.BinaryOp(arg, token.AND_NOT, h.value.c), old)
}

func hasBits(v, bits constant.Value) bool {
	return constant.Sign(constant.BinaryOp(v, token.AND, bits)) != 0
}

// undoes reports whether op takes the value back.
func (w *word) undoes(op *atomicOp, h holding) bool {
	old, arg := constOf(op.old), constOf(op.arg)
	if op.verb == atomicCAS && op.clear != nil {
		return h.value.kind == flagged && hasBits(op.clear, h.value.c) || h.value.kind == exactly && sameConst(op.clear, h.value.c) && constant.Sign(h.from) == 0
	}
	if arg == nil {
		return false
	}
	switch op.verb {
	case atomicStore, atomicSwap:
		if h.value.kind == flagged {
			return !hasBits(arg, h.value.c)
		}
		return sameConst(arg, h.from)
	case atomicCAS:
		switch {
		case h.value.kind == flagged:
			return old != nil && hasBits(old, h.value.c) && !hasBits(arg, h.value.c)
		case h.value.kind == exactly && old != nil && !sameConst(old, h.value.c):
			return false
		}
		return sameConst(arg, h.from) && (old == nil || !sameConst(old, h.from))
	case atomicAdd:
		if h.value.c == nil {
			return false
		}
		left := h.from
		if left == nil {
			left = constant.MakeInt64(0)
		}
		return sameConst(wrap(constant.BinaryOp(h.value.c, token.ADD, arg), op.arg.Type()), wrap(left, op.arg.Type()))
	case atomicAnd:
		switch h.value.kind {
		case flagged:
			return !hasBits(arg, h.value.c)
		case exactly:
			return sameConst(constant.BinaryOp(h.value.c, token.AND, arg), h.from)
		}
	}
	return false
}

// wrap reduces an integer to the width of its type.
func wrap(c constant.Value, t types.Type) constant.Value {
	bits := uint(64)
	if b, ok := t.Underlying().(*types.Basic); ok {
		switch b.Kind() {
		case types.Int32, types.Uint32:
			bits = 32
		case types.Int8, types.Uint8:
			bits = 8
		}
	}
	mask := constant.BinaryOp(constant.Shift(constant.MakeInt64(1), token.SHL, bits), token.SUB, constant.MakeInt64(1))
	return constant.BinaryOp(c, token.AND, mask)
}

// waits returns the loop around op that cannot end while the word has the
// value, or nil. An op that takes the lock may be kept from running at all, by
// a look at the word.
func (w *word) waits(op *atomicOp, value guess, takes bool) *loop {
	call, ok := op.site.(*ssa.Call)
	if !ok {
		return nil
	}
	fn := call.Parent()
	if !w.scan.jumpsBack(fn) {
		return nil
	}
	loops, ok := w.scan.loops[fn]
	if !ok {
		loops = loopsOf(fn)
		w.scan.loops[fn] = loops
	}
	for _, l := range loops {
		if !l.blocks[call.Block()] {
			continue
		}
		at := call.Block()
		if takes {
			at = l.head
		}
		if evaluate(w, value, l).stuck(at) {
			return l
		}
	}
	return nil
}

// roles says what each operation on the word does to the lock, if somebody
// waits for it.
func (w *word) roles(h holding, out map[*ssa.Function]*Spins) {
	waiting := make(map[*atomicOp]*loop)
	taking := make(map[*loop]bool)
	for _, ops := range [][]*atomicOp{w.ops, w.calls} {
		for _, op := range ops {
			switch op.verb {
			case atomicCAS, atomicSwap, atomicLoad, atomicCall, atomicOr, atomicAnd:
			default:
				continue
			}
			takes := w.takes(op, h)
			l := w.waits(op, h.value, takes)
			if l == nil {
				continue
			}
			if takes || w.takesWithin(op, h) {
				h.shy = false
			} else if !evaluate(w, h.value, l).idle() {
				continue
			}
			if takes {
				taking[l] = true
			}
			waiting[op] = l
		}
	}
	if len(waiting) == 0 || h.shy {
		return
	}
	for op, l := range waiting {
		if !w.takes(op, h) && !taking[l] {
			sp := spinAt(out, op)
			sp.wait(w, l)
			sp.tries = sp.tries || w.takesWithin(op, h)
		}
	}
	for _, op := range w.ops {
		switch {
		case w.takes(op, h):
			sp := spinAt(out, op)
			sp.acquires = true
			if l := waiting[op]; l != nil {
				sp.loop, sp.blocks = l, true
			}
		case w.undoes(op, h):
			spinAt(out, op).releases = true
		}
	}
}

// takesWithin reports whether op calls a function that takes the lock if it
// can be had.
func (w *word) takesWithin(op *atomicOp, h holding) bool {
	for _, x := range op.inner {
		if w.has(x.key) && w.takes(x, h) {
			return true
		}
	}
	return false
}

func spinAt(out map[*ssa.Function]*Spins, op *atomicOp) *spinOp {
	fn := op.site.Parent()
	s := out[fn]
	if s == nil {
		s = &Spins{ops: make(map[ssa.Instruction]*spinOp)}
		out[fn] = s
	}
	sp := s.ops[op.site]
	if sp == nil {
		sp = &spinOp{op: op}
		s.ops[op.site] = sp
	}
	return sp
}
