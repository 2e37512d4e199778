package flow

import (
	"sync"

	"golang.org/x/tools/go/ssa"
)

// tables are what an analysis notes of its function, and nobody asks for once
// it is done. One analysis after another uses them: made anew for each, they
// were a third of what the walk allocated.
type tables struct {
	index    map[ssa.Value]int32 // into values, or pendingValue
	values   []Value
	stores   map[*ssa.Alloc]*ssa.Store
	callee   map[ssa.CallInstruction][]Callee
	escapes  map[ssa.Value][]ssa.Instruction
	recorded map[recordKey]bool
	exits    map[string]int
	blocks   []blockStates // by index
	calls    []Call
}

// pendingValue is the index of a value that is being computed.
const pendingValue = -1

// maxKept is up to how many values a table is kept: to empty one that was grown
// for a huge function costs as much for each small one after it.
const maxKept = 4096

var tablesPool = sync.Pool{New: func() any {
	return &tables{
		index:    make(map[ssa.Value]int32),
		stores:   make(map[*ssa.Alloc]*ssa.Store),
		callee:   make(map[ssa.CallInstruction][]Callee),
		escapes:  make(map[ssa.Value][]ssa.Instruction),
		recorded: make(map[recordKey]bool),
		exits:    make(map[string]int),
	}
}}

func newTables() *tables { return tablesPool.Get().(*tables) }

// again empties what a second walk of the same function makes anew.
func (t *tables) again() {
	clear(t.recorded)
	clear(t.exits)
	clear(t.calls)
	t.calls = t.calls[:0]
	for i := range t.blocks {
		b := &t.blocks[i]
		clear(b.states)
		*b = blockStates{states: b.states[:0]}
	}
}

// enlarge makes the tables those of a function with n blocks.
func (t *tables) enlarge(n int) {
	if cap(t.blocks) < n {
		t.blocks = append(t.blocks[:cap(t.blocks)], make([]blockStates, n-cap(t.blocks))...)
	}
	t.blocks = t.blocks[:n]
}

// done empties the tables for the next function.
func (t *tables) done() {
	if len(t.values) > maxKept {
		return
	}
	clear(t.index)
	clear(t.values)
	t.values = t.values[:0]
	clear(t.stores)
	clear(t.callee)
	clear(t.escapes)
	t.again()
	tablesPool.Put(t)
}
