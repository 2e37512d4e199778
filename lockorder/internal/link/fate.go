package link

import (
	"go/constant"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// A fate says how a call of a function can end, as far as static calls tell.
type fate struct {
	returns bool
	// dies: every path panics or ends the program. A function that never
	// returns and does not die runs on, or switches to another goroutine.
	dies  bool
	dying []bool // blocks from which every path dies; nil if none
}

// An ending says what happens within a block.
type ending uint8

const (
	goesOn  ending = iota // to the successors
	returns               // to the caller
	dies
	switches
)

// fateOf computes how f can end, once.
func (p *Program) fateOf(f *ssa.Function) *fate {
	if t, ok := p.fates[f]; ok {
		return t
	}
	t := &fate{returns: true}
	p.fates[f] = t // what recursion sees
	if len(f.Blocks) == 0 {
		if p.far != nil {
			dies, dead := p.far.dead[flow.FuncKey(f)]
			t.dies, t.returns = dies, !dead
		}
		return t
	}
	ends := make([]ending, len(f.Blocks))
	for i, b := range f.Blocks {
		ends[i] = p.endOf(b)
	}
	live := reachable(f, ends)
	returning := canReach(f, ends, func(e ending) bool { return e == returns })
	dead := canReach(f, ends, func(e ending) bool { return e == dies })
	other := canReach(f, ends, func(e ending) bool { return e == switches })
	// A block from which death cannot be reached runs on for ever, or returns.
	lives := make([]bool, len(f.Blocks))
	for i := range lives {
		lives[i] = !dead[i] || returning[i] || other[i]
	}
	servers(f, ends, lives)
	// A block that can reach one that lives does not have to die.
	for changed := true; changed; {
		changed = false
		for i, b := range f.Blocks {
			if lives[i] || ends[i] != goesOn {
				continue
			}
			for _, s := range b.Succs {
				if lives[s.Index] {
					lives[i] = true
					changed = true
				}
			}
		}
	}
	t.returns = false
	for i := range f.Blocks {
		if live[i] && ends[i] == returns {
			t.returns = true
		}
		if live[i] && !lives[i] {
			if t.dying == nil {
				t.dying = make([]bool, len(f.Blocks))
			}
			t.dying[i] = true
		}
	}
	t.dies = t.dying != nil && t.dying[0]
	return t
}

// servers marks the loops that nothing but an accident ends: for { … } with a
// panic somewhere in it. A loop that has a condition comes to its end, and
// what follows it is where it leads.
func servers(f *ssa.Function, ends []ending, lives []bool) {
	for i, b := range f.Blocks {
		if lives[i] || ends[i] != goesOn || !leadsTo(b, b) {
			continue
		}
		ended := false
		for j, c := range f.Blocks {
			if j != i && (ends[j] != goesOn || !leadsTo(c, b)) || ended || !(j == i || leadsTo(b, c)) {
				continue // not in the loop
			}
			for _, s := range c.Succs {
				ended = ended || strings.HasSuffix(s.Comment, ".done") && !leadsTo(s, b)
			}
		}
		lives[i] = !ended
	}
}

func (p *Program) endOf(b *ssa.BasicBlock) ending {
	for _, in := range b.Instrs {
		switch in := in.(type) {
		case *ssa.Return:
			return returns
		case *ssa.Panic:
			if selectFails(in) {
				return goesOn // to nowhere
			}
			return dies
		case *ssa.Call:
			if e := p.callEnds(in); e != goesOn {
				return e
			}
		}
	}
	return goesOn
}

// selectFails reports whether a panic is the one that go/ssa puts behind the
// cases of a select, and that cannot happen.
func selectFails(in *ssa.Panic) bool {
	mk, ok := in.X.(*ssa.MakeInterface)
	if !ok {
		return false
	}
	k, ok := mk.X.(*ssa.Const)
	return ok && k.Value != nil && k.Value.Kind() == constant.String && constant.StringVal(k.Value) == "blocking select matched no case"
}

// callEnds says whether a call ends its caller's path.
func (p *Program) callEnds(in *ssa.Call) ending {
	f := in.Call.StaticCallee()
	if f == nil {
		return goesOn
	}
	if m := p.Model(f); m != nil {
		for i := range m.Clauses {
			c := &m.Clauses[i]
			switch c.Verb {
			case model.NoReturn:
				return dies
			case model.Acquires:
				if c.Expr.Operand == model.Arg && c.Expr.Index < len(in.Call.Args) {
					if g, ok := in.Call.Args[c.Expr.Index].(*ssa.Global); ok && p.forever[g.Object()] {
						return dies
					}
				}
			case model.Switches:
				return switches
			case model.Calls: // systemstack(func() { throw() })
				if g := calledArg(in, c); g != nil && !c.Detached && p.fateOf(g).dies {
					return dies
				}
			}
		}
		return goesOn
	}
	switch t := p.fateOf(f); {
	case t.dies:
		return dies
	case !t.returns:
		return switches
	}
	return goesOn
}

// calledArg returns the function that a model's clause calls, where it is a
// literal argument.
func calledArg(in *ssa.Call, c *model.Clause) *ssa.Function {
	if c.Expr.Operand != model.Arg || c.Expr.Index >= len(in.Call.Args) || len(c.Expr.Fields) > 0 {
		return nil
	}
	switch v := in.Call.Args[c.Expr.Index].(type) {
	case *ssa.Function:
		return v
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function)
	}
	return nil
}

func reachable(f *ssa.Function, ends []ending) []bool {
	seen := make([]bool, len(f.Blocks))
	work := []*ssa.BasicBlock{f.Blocks[0]}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b.Index] {
			continue
		}
		seen[b.Index] = true
		if ends[b.Index] == goesOn {
			work = append(work, b.Succs...)
		}
	}
	return seen
}

// canReach returns the blocks from which an ending can be reached.
func canReach(f *ssa.Function, ends []ending, want func(ending) bool) []bool {
	can := make([]bool, len(f.Blocks))
	for changed := true; changed; {
		changed = false
		for i := len(f.Blocks) - 1; i >= 0; i-- {
			if can[i] {
				continue
			}
			ok := want(ends[i])
			if ends[i] == goesOn {
				for _, s := range f.Blocks[i].Succs {
					ok = ok || can[s.Index]
				}
			}
			if ok {
				can[i], changed = true, true
			}
		}
	}
	return can
}

// Dying returns the blocks from which every path dies.
func (p *Program) Dying(f *ssa.Function) []bool { return p.fateOf(f).dying }
