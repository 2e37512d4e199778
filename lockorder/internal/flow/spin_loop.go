package flow

import (
	"go/token"
	"go/types"
	"sort"

	"golang.org/x/tools/go/ssa"
)

// A loop is a natural loop: the blocks from which its head is reached without
// leaving the part of the function that its head dominates.
type loop struct {
	head   *ssa.BasicBlock
	blocks map[*ssa.BasicBlock]bool
}

// loopsOf returns the loops of f, inner ones first.
func loopsOf(f *ssa.Function) []*loop {
	var loops []*loop
	for _, h := range f.Blocks {
		var l *loop
		for _, p := range h.Preds {
			if !h.Dominates(p) {
				continue
			}
			if l == nil {
				l = &loop{head: h, blocks: map[*ssa.BasicBlock]bool{h: true}}
				loops = append(loops, l)
			}
			work := []*ssa.BasicBlock{p}
			for len(work) > 0 {
				b := work[len(work)-1]
				work = work[:len(work)-1]
				if !l.blocks[b] {
					l.blocks[b] = true
					work = append(work, b.Preds...)
				}
			}
		}
	}
	sort.SliceStable(loops, func(i, j int) bool { return len(loops[i].blocks) < len(loops[j].blocks) })
	return loops
}

// jumpsBack reports whether f has a block that jumps back.
func jumpsBack(f *ssa.Function) bool {
	for _, b := range f.Blocks {
		for _, s := range b.Succs {
			if s.Index <= b.Index {
				return true
			}
		}
	}
	return false
}

// idle reports whether the loop does nothing but look at the word and pass
// the time: a loop that works while a status lasts waits for nothing.
func (e *evaluation) idle() bool {
	for b := range e.loop.blocks {
		for _, in := range b.Instrs {
			switch in := in.(type) {
			case *ssa.Store:
				if a, ok := in.Addr.(*ssa.Alloc); !ok || a.Heap {
					return false
				}
			case *ssa.MapUpdate, *ssa.Send, *ssa.Select, *ssa.Go, *ssa.Defer:
				return false
			case *ssa.UnOp:
				if in.Op == token.ARROW {
					return false
				}
			case *ssa.Call:
				if e.word.scan.bySite[in] == nil && !passesTime(in.Common()) {
					return false
				}
			}
		}
	}
	return true
}

// passesTime reports whether a call has nothing to do with the program's
// data: a yield, a sleep, an exit.
func passesTime(c *ssa.CallCommon) bool {
	if _, ok := c.Value.(*ssa.Builtin); ok {
		return true
	}
	if c.StaticCallee() == nil {
		return false
	}
	for _, a := range c.Args {
		switch a.Type().Underlying().(type) {
		case *types.Basic, *types.Signature:
		default:
			return false
		}
	}
	return true
}
