package flow

import (
	"golang.org/x/tools/go/ssa"
)

// Spins are the spin locks that a function's code takes and gives back.
type Spins struct {
	calls map[ssa.CallInstruction]*spinOp
}

type spinOp struct{}

func (s *Spins) at(site ssa.CallInstruction) *spinOp {
	if s == nil {
		return nil
	}
	return s.calls[site]
}

func (a *analysis) applySpin(s state, op *spinOp, site ssa.CallInstruction) []state {
	return []state{s}
}

func (a *analysis) spinEdge(b, from *ssa.BasicBlock, s state) state { return s }

// FindSpins finds the spin locks in a function's loops.
func FindSpins(f *ssa.Function) *Spins { return nil }
