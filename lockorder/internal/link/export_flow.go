package link

import (
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/fact"
)

// writeFlows tells of the flow of control in the functions that end waits, or
// call one that does.
func (e *encoder) writeFlows() {
	seen := make(map[*ssa.Function]bool)
	for _, n := range e.kept {
		if !e.signals[n.ID] || seen[n.Fn] {
			continue
		}
		seen[n.Fn] = true
		var spots []fact.Spot
		for _, r := range slices.Sorted(maps.Keys(e.spots[n.Fn])) {
			in := e.spots[n.Fn][r]
			if b := in.Block(); b != nil {
				spots = append(spots, fact.Spot{Place: r, Block: b.Index, Deferred: deferred(in), Choice: chooses(in), Cancelled: cancelled(in)})
			}
		}
		switch {
		case len(spots) == 0:
		case e.p.isFar(n): // as it was told, for facts to agree
			e.out.Flows = append(e.out.Flows, fact.Flow{Blocks: successors(e.p.far.flows[n.Fn]), Spots: spots})
		default:
			e.out.Flows = append(e.out.Flows, contract(successors(n.Fn.Blocks), spots))
		}
	}
}

func successors(blocks []*ssa.BasicBlock) []fact.Block {
	out := make([]fact.Block, len(blocks))
	for i, b := range blocks {
		for _, next := range b.Succs {
			out[i].Succs = append(out[i].Succs, next.Index)
		}
	}
	return out
}

// contract leaves out the blocks without spots, where that makes no more edges:
// which of the others lead to which, or lie on all ways to it, stays the same.
func contract(blocks []fact.Block, spots []fact.Spot) fact.Flow {
	stays := make([]bool, len(blocks))
	stays[0] = true
	for _, s := range spots {
		stays[s.Block] = true
	}
	preds := make([][]int, len(blocks))
	for i, b := range blocks {
		for _, next := range b.Succs {
			preds[next] = append(preds[next], i)
		}
	}
	replace := func(list []int, out int, in []int) []int {
		list = slices.DeleteFunc(slices.Clone(list), func(x int) bool { return x == out || slices.Contains(in, x) })
		return append(list, in...)
	}
	for i := range blocks {
		if stays[i] {
			continue
		}
		from, to := replace(preds[i], i, nil), replace(blocks[i].Succs, i, nil)
		if len(from)*len(to) > len(from)+len(to) {
			stays[i] = true
			continue
		}
		for _, b := range from {
			blocks[b].Succs = replace(blocks[b].Succs, i, to)
		}
		for _, b := range to {
			preds[b] = replace(preds[b], i, from)
		}
	}
	var q fact.Flow
	index := make([]int, len(blocks))
	for i := range blocks {
		if stays[i] {
			index[i] = len(q.Blocks)
			q.Blocks = append(q.Blocks, blocks[i])
		}
	}
	for i := range q.Blocks {
		for j, next := range q.Blocks[i].Succs {
			q.Blocks[i].Succs[j] = index[next]
		}
	}
	for _, s := range spots {
		s.Block = index[s.Block]
		q.Spots = append(q.Spots, s)
	}
	return q
}
