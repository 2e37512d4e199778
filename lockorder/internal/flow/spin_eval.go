package flow

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// A guess is what is known of a value while a word has one value.
type guess struct {
	kind guessKind
	c    constant.Value
}

type guessKind uint8

const (
	anything guessKind = iota
	nothing            // not computed yet, or never
	exactly            // c
	flagged            // some value with the bits c
	nonzero
	fixed // a value from before the loop, taken to have no flag set
)

// An evaluation walks a loop as it goes while a word has one value all the
// time: that of somebody who holds it. What the loop then cannot leave, waits
// for the holder. This tells a spin lock from a lock-free retry loop, which
// expects the value that it has just loaded, and so succeeds.
//
// It is sparse conditional constant propagation (Wegman, Zadeck 1991) over
// the few blocks of the loop, and of the functions that it calls to look at
// the word.
type evaluation struct {
	word  *word
	held  guess
	loop  *loop // nil: a whole function
	dying []bool
	args  map[*ssa.Parameter]guess
	edges map[[2]*ssa.BasicBlock]bool // that can be taken
	busy  map[ssa.Value]bool
	fuel  *int
	depth int
}

func evaluate(w *word, held guess, l *loop) *evaluation {
	fuel := 5000
	e := &evaluation{word: w, held: held, loop: l, dying: w.scan.dying(l.head.Parent()), fuel: &fuel, busy: make(map[ssa.Value]bool)}
	e.run(l.head)
	return e
}

func (e *evaluation) inside(b *ssa.BasicBlock) bool { return e.loop == nil || e.loop.blocks[b] }

// run finds the edges that can be taken. More edges make values less known,
// which makes more edges.
func (e *evaluation) run(entry *ssa.BasicBlock) {
	e.edges = make(map[[2]*ssa.BasicBlock]bool)
	for changed := true; changed; {
		changed = false
		seen := map[*ssa.BasicBlock]bool{entry: true}
		work := []*ssa.BasicBlock{entry}
		for len(work) > 0 {
			b := work[len(work)-1]
			work = work[:len(work)-1]
			for i, s := range b.Succs {
				if e.dies(s) || !e.takes(b, i) {
					continue
				}
				if k := [2]*ssa.BasicBlock{b, s}; !e.edges[k] {
					e.edges[k] = true
					changed = true
				}
				if e.inside(s) && !seen[s] {
					seen[s] = true
					work = append(work, s)
				}
			}
		}
	}
}

// dies reports whether the program ends once it is at b.
func (e *evaluation) dies(b *ssa.BasicBlock) bool { return e.dying != nil && e.dying[b.Index] }

func (e *evaluation) takes(b *ssa.BasicBlock, i int) bool {
	br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok {
		return true
	}
	g := e.eval(br.Cond)
	return g.kind != exactly || (constant.Sign(g.c) != 0) == (i == 0)
}

// stuck reports whether the block b of the loop runs again and again (if it is
// the head: it, or one of a loop within) and no way leads out of the loop,
// which does have ways out. A way to where the program dies is none.
func (e *evaluation) stuck(b *ssa.BasicBlock) bool {
	exits := false
	for x := range e.loop.blocks {
		for _, s := range x.Succs {
			exits = exits || !e.loop.blocks[s] && !e.dies(s)
		}
	}
	if !exits || *e.fuel <= 0 {
		return false
	}
	again, within := false, b == e.loop.head
	seen := make(map[*ssa.BasicBlock]bool)
	work := []*ssa.BasicBlock{b}
	for len(work) > 0 {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		for _, s := range x.Succs {
			switch {
			case !e.edges[[2]*ssa.BasicBlock{x, s}]:
			case !e.loop.blocks[s]:
				return false
			case s == b || within && s.Dominates(x):
				again = true
			case !seen[s]:
				seen[s] = true
				work = append(work, s)
			}
		}
	}
	return again
}

func yes(b bool) guess {
	if b {
		return guess{exactly, constant.MakeInt64(1)}
	}
	return guess{exactly, constant.MakeInt64(0)}
}

func (e *evaluation) eval(v ssa.Value) guess {
	*e.fuel--
	if *e.fuel <= 0 {
		return guess{}
	}
	if c := constOf(v); c != nil {
		return guess{exactly, c}
	}
	v = plain(v)
	if e.busy[v] {
		return guess{kind: nothing}
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		if g, ok := e.args[v]; ok {
			return g
		}
		return guess{kind: fixed}
	case *ssa.FreeVar:
		return guess{kind: fixed}
	case *ssa.BinOp:
		return e.binop(v.Op, e.eval(v.X), e.eval(v.Y))
	case *ssa.UnOp:
		if v.Op == token.NOT {
			if g := e.eval(v.X); g.kind == exactly {
				return yes(constant.Sign(g.c) == 0)
			}
			return guess{}
		}
	}
	in, ok := v.(ssa.Instruction)
	if !ok {
		return guess{}
	}
	if !e.inside(in.Block()) {
		return guess{kind: fixed}
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op == token.MUL && e.word.has(wordOf(v.X)) {
			return e.held
		}
	case *ssa.Phi:
		return e.phi(v)
	case *ssa.Call:
		return e.call(v)
	}
	return guess{}
}

func (e *evaluation) phi(v *ssa.Phi) guess {
	e.busy[v] = true
	defer delete(e.busy, v)
	all := guess{kind: nothing}
	for i, in := range v.Edges {
		p := v.Block().Preds[i]
		if e.inside(p) && !e.edges[[2]*ssa.BasicBlock{p, v.Block()}] {
			continue
		}
		g := e.eval(in)
		switch {
		case g.kind == nothing:
		case all.kind == nothing:
			all = g
		case g.kind != all.kind || g.c != all.c && (g.c == nil || all.c == nil || !constant.Compare(g.c, token.EQL, all.c)):
			return guess{}
		}
	}
	return all
}

func (e *evaluation) call(v *ssa.Call) guess {
	op := e.word.scan.bySite[v]
	if op == nil || !e.word.has(op.key) && op.verb != atomicCall {
		return guess{}
	}
	switch op.verb {
	case atomicLoad, atomicSwap:
		return e.held
	case atomicAnd, atomicOr:
		if n := v.Call.StaticCallee().Signature.Results().Len(); n == 1 {
			return e.held
		}
	case atomicAdd:
		return e.binop(token.ADD, e.held, e.eval(op.arg))
	case atomicCAS:
		expects := e.eval(op.old)
		if x := equalAt(plain(op.old), v.Block()); x != nil && expects.kind == fixed {
			expects = e.eval(x)
		}
		return equalGuess(e.held, expects)
	case atomicCall:
		return e.enter(v, op.callee)
	}
	return guess{}
}

// enter evaluates a function that looks at the word.
func (e *evaluation) enter(v *ssa.Call, f *ssa.Function) guess {
	if e.depth >= 3 {
		return guess{}
	}
	sub := &evaluation{word: e.word, held: e.held, dying: e.word.scan.dying(f), args: make(map[*ssa.Parameter]guess), fuel: e.fuel, depth: e.depth + 1, busy: make(map[ssa.Value]bool)}
	for i, p := range f.Params {
		sub.args[p] = e.eval(v.Call.Args[i])
	}
	sub.run(f.Blocks[0])
	all := guess{kind: nothing}
	for _, b := range f.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || len(ret.Results) != 1 || b != f.Blocks[0] && !sub.entered(b) {
			continue
		}
		switch g := sub.eval(ret.Results[0]); {
		case g.kind == nothing || g.kind == anything:
			return guess{}
		case all.kind == nothing:
			all = g
		case g.kind != all.kind || g.c != nil && !constant.Compare(g.c, token.EQL, all.c):
			return guess{}
		}
	}
	if all.kind == nothing {
		return guess{}
	}
	return all
}

func (e *evaluation) entered(b *ssa.BasicBlock) bool {
	for _, p := range b.Preds {
		if e.edges[[2]*ssa.BasicBlock{p, b}] {
			return true
		}
	}
	return false
}

func (e *evaluation) binop(op token.Token, x, y guess) guess {
	if x.kind == exactly && y.kind == exactly {
		switch op {
		case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
			return yes(constant.Compare(x.c, op, y.c))
		case token.ADD, token.SUB, token.AND, token.OR, token.XOR, token.AND_NOT:
			return guess{exactly, constant.BinaryOp(x.c, op, y.c)}
		}
		return guess{}
	}
	switch op {
	case token.EQL:
		return equalGuess(x, y)
	case token.NEQ:
		if g := equalGuess(x, y); g.kind == exactly {
			return yes(constant.Sign(g.c) == 0)
		}
		return guess{}
	}
	if x.kind == exactly {
		x, y = y, x
		if op == token.AND_NOT || op == token.SUB {
			return guess{}
		}
	}
	if y.kind != exactly {
		if x.kind == fixed && y.kind == fixed {
			return guess{kind: fixed}
		}
		return guess{}
	}
	switch {
	case op == token.OR && constant.Sign(y.c) != 0 && (x.kind == fixed || x.kind == flagged || x.kind == anything):
		return guess{flagged, y.c}
	case op == token.AND && x.kind == flagged:
		if c := constant.BinaryOp(x.c, token.AND, y.c); constant.Compare(c, token.EQL, y.c) {
			return guess{exactly, c}
		} else if constant.Sign(c) != 0 {
			return guess{kind: nonzero}
		}
	case op == token.AND_NOT && x.kind == flagged:
		if constant.Compare(constant.BinaryOp(x.c, token.AND_NOT, y.c), token.EQL, constant.MakeInt64(0)) {
			return guess{kind: fixed}
		}
	case x.kind == fixed:
		return guess{kind: fixed}
	}
	return guess{}
}

// equalGuess compares what is known of two values.
func equalGuess(x, y guess) guess {
	if x.kind > y.kind {
		x, y = y, x
	}
	switch {
	case x.kind == exactly && y.kind == exactly:
		return yes(constant.Compare(x.c, token.EQL, y.c))
	case x.kind == exactly && y.kind == flagged:
		if constant.Sign(constant.BinaryOp(x.c, token.AND, y.c)) == 0 {
			return yes(false)
		}
	case x.kind == exactly && y.kind == nonzero:
		if constant.Sign(x.c) == 0 {
			return yes(false)
		}
	case x.kind == flagged && y.kind == fixed:
		return yes(false)
	}
	return guess{}
}
