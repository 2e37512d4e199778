package link

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// deferred reports whether an instruction runs when its function returns.
func deferred(in ssa.Instruction) bool {
	switch in := in.(type) {
	case *ssa.Defer:
		return true
	case *flow.Far:
		return in.Deferred
	}
	return false
}

// closedBefore reports whether a channel is closed on every way to a wait, in
// the function that waits.
func closedBefore(in, wait ssa.Instruction) bool {
	if wait == nil || in == nil || in.Block() == nil || wait.Block() == nil || in.Parent() != wait.Parent() {
		return false
	}
	if deferred(in) || leadsTo(wait.Block(), in.Block()) {
		return false
	}
	if in.Block() == wait.Block() {
		return comesBefore(in, wait)
	}
	return dominates(in.Block(), wait.Block())
}

// dominates reports whether all ways to c lead through b.
func dominates(b, c *ssa.BasicBlock) bool {
	if b.Parent() != nil {
		return b.Dominates(c)
	}
	seen := map[*ssa.BasicBlock]bool{b: true}
	for work := []*ssa.BasicBlock{c}; len(work) > 0; { // back, but not through b
		x := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[x] {
			continue
		}
		seen[x] = true
		if x.Index == 0 {
			return false
		}
		work = append(work, x.Preds...)
	}
	return true
}

// comesBefore reports whether a may execute before b in their function. What
// is deferred runs at the end, the last first.
func comesBefore(a, b ssa.Instruction) bool {
	if b == nil || a == b && deferred(a) {
		return true
	}
	if deferred(a) || deferred(b) {
		return deferred(b) && (!deferred(a) || written(b, a))
	}
	return written(a, b)
}

// written reports whether a may be reached before b.
func written(a, b ssa.Instruction) bool {
	if a.Block() == nil || b.Block() == nil {
		x, far := a.(*flow.Far)
		y, too := b.(*flow.Far)
		return far && too && x.Order < y.Order
	}
	if a.Block() == b.Block() {
		for _, in := range a.Block().Instrs {
			if in == a {
				return true
			}
			if in == b {
				break
			}
		}
	}
	return leadsTo(a.Block(), b.Block())
}

// loops reports whether an instruction may run again in the same call.
func loops(in ssa.Instruction) bool {
	return in != nil && in.Block() != nil && leadsTo(in.Block(), in.Block())
}

// leadsTo reports whether a path of at least one edge leads from b to c.
func leadsTo(b, c *ssa.BasicBlock) bool {
	if len(b.Succs) == 0 {
		return false
	}
	var few [16]uint64 // enough for nearly all functions
	seen := few[:]
	var some [64]*ssa.BasicBlock
	work := append(some[:0], b.Succs...)
	for len(work) > 0 {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		if x == c {
			return true
		}
		word, bit := x.Index/64, uint64(1)<<(x.Index%64)
		if word >= len(seen) {
			seen = append(seen, make([]uint64, word)...)
		}
		if seen[word]&bit == 0 {
			seen[word] |= bit
			work = append(work, x.Succs...)
		}
	}
	return false
}

// ledTo returns the blocks that leadsTo holds for.
func ledTo(b *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	led := make(map[*ssa.BasicBlock]bool)
	for work := slices.Clone(b.Succs); len(work) > 0; {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		if !led[x] {
			led[x] = true
			work = append(work, x.Succs...)
		}
	}
	return led
}
