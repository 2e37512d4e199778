package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// fresh reports whether p belongs to an object that this activation allocated
// and that nothing before at has made known to another goroutine.
func (a *analysis) fresh(p *lock.Path, at ssa.Instruction) bool {
	root := p.Root()
	if root.Kind != lock.Local {
		return false
	}
	alloc, ok := root.Key.(*ssa.Alloc)
	if !ok || alloc.Parent() != a.fn {
		return false
	}
	esc, ok := a.escapes[alloc]
	if !ok {
		esc = a.escapesOf(alloc)
		a.escapes[alloc] = esc
	}
	for _, e := range esc {
		if a.before(e, at) {
			return false
		}
	}
	return true
}

// before reports whether e may execute before at.
func (a *analysis) before(e, at ssa.Instruction) bool {
	b, c := e.Block(), at.Block()
	if b != c {
		return a.reaches(b, c)
	}
	for _, in := range b.Instrs {
		if in == e {
			return true
		}
		if in == at {
			break
		}
	}
	return a.inLoop(b)
}

// escapesOf returns the instructions that make an object known outside.
func (a *analysis) escapesOf(alloc *ssa.Alloc) []ssa.Instruction {
	var out []ssa.Instruction
	seen := make(map[ssa.Value]bool)
	var follow func(v ssa.Value)
	follow = func(v ssa.Value) {
		if seen[v] || v.Referrers() == nil {
			return
		}
		seen[v] = true
		for _, r := range *v.Referrers() {
			switch r := r.(type) {
			case *ssa.FieldAddr:
				follow(r)
			case *ssa.IndexAddr:
				follow(r)
			case *ssa.Phi:
				follow(r)
			case *ssa.ChangeType:
				follow(r)
			case *ssa.MakeInterface:
				follow(r)
			case *ssa.ChangeInterface:
				follow(r)
			case *ssa.UnOp, *ssa.DebugRef, *ssa.BinOp, *ssa.Return:
			case *ssa.Store:
				if r.Val != v {
					continue
				}
				if cell, ok := r.Addr.(*ssa.Alloc); ok {
					follow(cell)
					a.followLoads(cell, follow)
					continue
				}
				out = append(out, r)
			case ssa.CallInstruction:
				if a.leaksTo(r, v) {
					out = append(out, r)
				}
			default: // captured, sent, put into a map
				out = append(out, r)
			}
		}
	}
	follow(alloc)
	return out
}

func (a *analysis) followLoads(cell *ssa.Alloc, follow func(ssa.Value)) {
	for _, r := range *cell.Referrers() {
		if u, ok := r.(*ssa.UnOp); ok {
			follow(u)
		}
	}
}

// leaksTo reports whether a call makes v known to others than its callee.
func (a *analysis) leaksTo(site ssa.CallInstruction, v ssa.Value) bool {
	if _, ok := site.(*ssa.Go); ok {
		return true
	}
	c := site.Common()
	if a.modelOf(c) != nil {
		return false
	}
	fn := c.StaticCallee()
	if fn == nil {
		return true
	}
	for i, arg := range c.Args {
		if arg == v && a.host.Leaks(fn, i) {
			return true
		}
	}
	return false
}
