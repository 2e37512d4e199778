package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A fact says that something equals (is) or does not equal a constant.
type fact struct {
	on  subject
	val string // the constant, or "nil"
	is  bool
}

// A subject is what a fact is about: the index'th result of a value, or what
// memory holds at a path.
type subject struct {
	v    ssa.Value
	idx  int
	path *lock.Path
}

// maxFacts bounds what a state remembers; the oldest is forgotten.
const maxFacts = 24

// known looks up whether the subject equals the constant.
func known(facts []fact, on subject, val string) (is, ok bool) {
	for _, f := range facts {
		if f.on != on {
			continue
		}
		if f.val == val {
			return f.is, true
		}
		if f.is {
			return false, true
		}
	}
	return false, false
}

// learn returns facts with one more. On a boolean, not-true is false.
func learn(facts []fact, f fact) []fact {
	if !f.is && (f.val == "true" || f.val == "false") {
		f.is = true
		f.val = map[string]string{"true": "false", "false": "true"}[f.val]
	}
	replaced := 0
	for i := range facts {
		g := &facts[i]
		if g.on != f.on {
			continue
		}
		if g.val == f.val && g.is == f.is {
			return facts
		}
		if f.is || g.val == f.val {
			replaced++
		}
	}
	if replaced > 0 {
		out := make([]fact, 0, len(facts)+factRoom)
		for _, g := range facts {
			if g.on != f.on || !f.is && g.val != f.val {
				out = append(out, g)
			}
		}
		facts = out
	}
	if len(facts) >= maxFacts {
		facts = facts[1:]
	}
	return appendFact(facts, f)
}

// appendFact appends to a list that others may share. The room behind a list
// is empty, or the facts that somebody else has appended to it: who comes first
// has it, and who comes later makes a copy.
func appendFact(facts []fact, f fact) []fact {
	n := len(facts)
	if cap(facts) > n && facts[:n+1][n].val == "" {
		return append(facts, f)
	}
	out := make([]fact, n, n+factRoom)
	copy(out, facts)
	return append(out, f)
}

// factRoom is the room that a copy of a list has for more.
const factRoom = 6

// integer is the number that a constant's text is, or nil.
func integer(text string) constant.Value {
	if text == "" || text[0] != '-' && (text[0] < '0' || text[0] > '9') {
		return nil
	}
	n := constant.MakeFromLiteral(strings.TrimPrefix(text, "-"), token.INT, 0)
	if n.Kind() != constant.Int {
		return nil
	}
	if text[0] == '-' {
		n = constant.UnaryOp(token.SUB, n, 0)
	}
	return n
}

// meet keeps the facts that both have.
func meet(x, y []fact) []fact {
	var out []fact
	for i, f := range x {
		is, ok := known(y, f.on, f.val)
		switch same := ok && is == f.is; {
		case !same && out == nil:
			out = append(make([]fact, 0, len(x)), x[:i]...)
		case same && out != nil:
			out = append(out, f)
		}
	}
	if out == nil {
		return x
	}
	return out
}

// forget drops the facts for which drop holds.
func forget(facts []fact, drop func(subject) bool) []fact {
	keep := true
	for _, f := range facts {
		if drop(f.on) {
			keep = false
			break
		}
	}
	if keep {
		return facts
	}
	out := make([]fact, 0, len(facts))
	for _, f := range facts {
		if !drop(f.on) {
			out = append(out, f)
		}
	}
	return out
}

// forgetMemory drops what other goroutines may have changed: everything in
// memory but the function's own variables that no closure shares, and fields
// that nobody stores to once their object is made.
func (a *analysis) forgetMemory(facts []fact) []fact {
	return forget(facts, func(s subject) bool { return s.path != nil && !a.private(s.path) && !a.keeps(s.path, a.anybody) })
}

// anybody reports whether a field or variable may be modified at all.
func (a *analysis) anybody(v *types.Var) bool { return a.host.Modifies(nil, v, false) }

// forgetCall drops what a call of one of the functions may change. Without
// any, nothing is known of who is called.
func (a *analysis) forgetCall(facts []fact, site ssa.CallInstruction, callees []Callee) []fact {
	c := site.Common()
	if len(callees) == 0 && c.StaticCallee() == nil {
		return a.forgetMemory(facts)
	}
	callee := func(v *types.Var) bool {
		for i := range callees {
			if a.host.Modifies(callees[i].Node.Fn, v, false) {
				return true
			}
		}
		return false
	}
	return forget(facts, func(s subject) bool {
		return s.path != nil && !a.private(s.path) && (!a.keeps(s.path, callee) || a.handed(c, s.path))
	})
}

// forgetGuards drops, of the facts under which the held locks were taken, what
// a callee plainly changes: itself, or in functions that it names. What it
// might come to change by way of an interface is another object's more often
// than not.
func (a *analysis) forgetGuards(held []Held, callees []Callee) []Held {
	copied := false
	for i := range held {
		facts := forget(held[i].guards, func(on subject) bool {
			for p := on.path; p != nil; p = p.Base {
				if v, ok := p.Obj.(*types.Var); ok && p.Kind == lock.Field {
					for j := range callees {
						if a.host.Modifies(callees[j].Node.Fn, v, true) {
							return true
						}
					}
				}
			}
			return false
		})
		if len(facts) != len(held[i].guards) {
			if !copied {
				held, copied = append([]Held(nil), held...), true
			}
			held[i].guards = facts
		}
	}
	return held
}

// keeps reports whether the way to what is in memory at p, and what is there,
// are of fields and variables that are not modified.
func (a *analysis) keeps(p *lock.Path, modified func(*types.Var) bool) bool {
	fields := 0
	for ; p.Base != nil; p = p.Base {
		if p.Kind != lock.Field || modified(p.Obj.(*types.Var)) {
			return false
		}
		fields++
	}
	switch p.Kind {
	case lock.Global:
		v, ok := p.Obj.(*types.Var)
		return ok && !modified(v)
	case lock.Param, lock.Free:
		return true
	case lock.Local:
		if cell, ok := p.Key.(*ssa.Alloc); ok && refers(cell.Type().Underlying().(*types.Pointer).Elem()) {
			return false // a variable that may come to refer to another object
		}
		return fields > 0
	}
	return false
}

// handed reports whether a call is handed the address of what is at p, or of
// something that it is a part of, other than as a receiver.
func (a *analysis) handed(c *ssa.CallCommon, p *lock.Path) bool {
	for i, arg := range c.Args {
		if mk, ok := arg.(*ssa.MakeInterface); ok {
			arg = mk.X
		} else if i == 0 && c.Signature().Recv() != nil {
			continue
		}
		switch arg.(type) {
		case *ssa.FieldAddr, *ssa.Alloc:
			if p.HasPrefix(a.path(arg)) {
				return true
			}
		}
	}
	return false
}

func (a *analysis) private(p *lock.Path) bool {
	if p.Kind != lock.Local {
		return false
	}
	alloc, ok := p.Key.(*ssa.Alloc)
	return ok && !alloc.Heap
}

// subjectOf says what a fact about v is about: v itself, the result of a call
// that it is, or the memory that it was loaded from. A variable that is never
// assigned again is not memory.
func (a *analysis) subjectOf(v ssa.Value) subject {
	for range 16 { // a variable may be stored to itself
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
			continue
		case *ssa.ChangeInterface:
			v = x.X
			continue
		case *ssa.Extract:
			if c, ok := x.Tuple.(*ssa.Call); ok {
				return subject{v: c, idx: x.Index}
			}
		case *ssa.Field:
			return subject{path: a.path(x)}
		case *ssa.UnOp:
			if x.Op != token.MUL {
				break
			}
			switch cell := x.X.(type) {
			case *ssa.Alloc:
				if s := a.onlyStore(cell); s != nil {
					v = s.Val
					continue
				}
			case *ssa.FreeVar:
				if p := a.path(cell); p.Kind == lock.Free || p.Kind == lock.Param || p.Kind == lock.Bind {
					return subject{v: cell}
				}
			}
			return subject{path: a.path(x)}
		}
		return subject{v: v}
	}
	return subject{v: v}
}
