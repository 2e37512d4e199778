package link

import "golang.org/x/tools/go/ssa"

// A survival says which nodes can still reach an acquisition of one atom when
// the program does not make a call, for many calls at once: in reach, by node,
// bit i of word j stands for call 64*j+i of calls.
type survival struct {
	calls map[CallKey]int
	reach [][]uint64
}

// Suppose names the calls that Survives will be asked about: those of the
// chains of some witnesses. It need not, but asked one by one they take longer.
func (l *Linked) Suppose(ws []*Witness) {
	l.supposed = l.supposed[:0]
	for _, w := range ws {
		for _, s := range l.Chain(w) {
			if s.To != nil {
				l.supposed = append(l.supposed, CallKey{s.Instr, s.To})
			}
		}
	}
}

// Survives reports whether the witness can still reach its acquisition when
// the program does not make the call.
func (l *Linked) Survives(w *Witness, without CallKey) bool {
	if w.Acquire != nil || w.open != nil {
		return true
	}
	callee := &w.Call.Callees[w.Callee]
	if w.Call.Instr == without.Instr && callee.Node.Fn == without.To {
		return false
	}
	a := l.c.atom(w.Class, w.Mode)
	s := l.survivals[a]
	if s == nil {
		if l.survivals == nil {
			l.survivals = make(map[Atom]*survival)
		}
		s = &survival{calls: make(map[CallKey]int)}
		l.survivals[a] = s
	}
	i, ok := s.calls[without]
	if !ok {
		l.extend(s, a, without)
		i = s.calls[without]
	}
	return s.reach[i/64][callee.Node.ID]>>(i%64)&1 != 0
}

// extend adds a call, and as many as fit of those supposed.
func (l *Linked) extend(s *survival, a Atom, call CallKey) {
	first := 64 * len(s.reach)
	batch := make(map[CallKey]uint64)
	for _, k := range append([]CallKey{call}, l.supposed...) {
		if _, ok := s.calls[k]; !ok && len(batch) < 64 {
			s.calls[k] = first + len(batch)
			batch[k] = 1 << len(batch)
		}
	}
	s.reach = append(s.reach, l.reachWithout(a, batch))
}

// reachWithout returns, by node, the bits of the calls without which the node
// still reaches an acquisition of the atom: backwards from those that take it.
func (l *Linked) reachWithout(a Atom, calls map[CallKey]uint64) []uint64 {
	if l.taken == nil {
		l.indexTaken()
	}
	from := make(map[*ssa.Function]bool) // functions that make some of the calls
	for k := range calls {
		from[k.Instr.Parent()] = true
	}
	all := ^uint64(0) >> (64 - len(calls))
	reach := make([]uint64, len(l.p.order))
	queued := make([]bool, len(l.p.order))
	queue := append([]int(nil), l.takers[a]...)
	for _, n := range queue {
		reach[n], queued[n] = all, true
	}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		queued[n] = false
		for _, c := range l.callers[n] {
			news := reach[n] &^ reach[c.node]
			if news != 0 && from[l.p.order[c.node].Fn] {
				news &^= calls[CallKey{c.call.Instr, l.p.order[n].Fn}]
			}
			if news == 0 {
				continue
			}
			reach[c.node] |= news
			if !queued[c.node] {
				queued[c.node] = true
				queue = append(queue, c.node)
			}
		}
	}
	return reach
}
