package lockorder

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/link"
)

// A retaking is a relock, or an rlock, and what it was made of.
type retaking struct {
	Finding
	witness *link.Witness
	chain   []link.Step
}

// minCause is how many relocks one call must account for to be their common
// cause, as it is for cycles.
const minCause = 3

// oneCause brings relocks together that go through one call: where a function
// is entered with the lock held on every way, and calls what takes the lock, it
// is that call that is wrong, and not each of those who hold the lock. The
// shortest stands for all. The call that accounts for the most goes first, and
// of several that nearest to the lock.
func (b *builder) oneCause(all []retaking) []Finding {
	type call struct {
		kind  Kind
		class string
		at    ssa.Instruction
	}
	var out []Finding
	for left := all; ; {
		by := make(map[call][]int)
		var best call
		var step link.Step
		for i, r := range left {
			for j := len(r.chain) - 2; j > 0; j-- { // the last takes the lock, the first is the holder's
				s := r.chain[j]
				if !b.linked.Under(s.Fn, r.witness.Class) {
					continue
				}
				k := call{r.Kind, r.witness.Class, s.Instr}
				by[k] = append(by[k], i)
				if len(by[k]) > len(by[best]) {
					best, step = k, s
				}
			}
		}
		group := by[best]
		if len(group) < minCause {
			for _, r := range left {
				out = append(out, r.Finding)
			}
			return out
		}
		first := group[0]
		for _, i := range group {
			if len(left[i].chain) < len(left[first].chain) {
				first = i
			}
		}
		f := left[first].Finding
		f.Cut = []Cut{{
			Caller: funcName(step.Fn), Callee: funcName(step.To),
			Pos: b.pos(step.Instr, step.Fn), Breaks: len(group), Of: len(group),
		}}
		for _, i := range group {
			if i != first {
				f.Holders = append(f.Holders, left[i].Edges[0].HeldAt)
			}
		}
		out = append(out, f)
		var rest []retaking
		for i, r := range left {
			if !slices.Contains(group, i) {
				rest = append(rest, r)
			}
		}
		left = rest
	}
}
