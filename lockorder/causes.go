package lockorder

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/graph"
	"github.com/lockorder/lockorder/lockorder/internal/link"
)

// A retaking is a relock, or an rlock, and what it was made of.
type retaking struct {
	Finding
	class string
	chain []link.Step
}

// oneCause brings relocks together that go through one call: where a function
// calls what takes the lock, and each place that calls the function has the lock
// held, it is that call that is wrong, and not each of those who hold the lock.
// The shortest stands for all. The call that accounts for the most goes first,
// and of several that nearest to the lock.
func (b *builder) oneCause(all []retaking) []Finding {
	type call struct {
		kind  Kind
		class string
		at    ssa.Instruction
	}
	causes := make([][]link.Step, len(all)) // that may be one, nearest to the lock first
	for i, r := range all {
		for j := len(r.chain) - 2; j > 0; j-- { // the last takes the lock, the first is the holder's
			if s := r.chain[j]; b.linked.Under(s.Fn, r.class) {
				causes[i] = append(causes[i], s)
			}
		}
	}
	var out []Finding
	left := make([]int, len(all))
	for i := range all {
		left[i] = i
	}
	for {
		by := make(map[call][]int)
		var best call
		var step link.Step
		for _, i := range left {
			for _, s := range causes[i] {
				k := call{all[i].Kind, all[i].class, s.Instr}
				by[k] = append(by[k], i)
				if len(by[k]) > len(by[best]) {
					best, step = k, s
				}
			}
		}
		group := by[best]
		if len(group) < graph.MinGroup {
			for _, i := range left {
				out = append(out, all[i].Finding)
			}
			return out
		}
		first := group[0]
		for _, i := range group {
			if len(all[i].chain) < len(all[first].chain) {
				first = i
			}
		}
		f := all[first].Finding
		f.Cut = []Cut{{
			Caller: funcName(step.Fn), Callee: funcName(step.To),
			Pos: b.pos(step.Instr, step.Fn), Breaks: len(group), Of: len(group),
		}}
		for _, i := range group {
			if i != first {
				f.Holders = append(f.Holders, all[i].Edges[0].HeldAt)
			}
		}
		out = append(out, f)
		left = slices.DeleteFunc(left, func(i int) bool { return slices.Contains(group, i) })
	}
}
