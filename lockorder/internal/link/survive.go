package link

import (
	"maps"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A survival says which nodes can still reach an acquisition of one atom when
// the program does not make a call, for many calls at once: in reach, by the
// node's number in asked, bit i of word j stands for call 64*j+i of calls.
type survival struct {
	calls map[CallKey]int
	reach [][]uint64
}

// Suppose names the calls that Survives will be asked about, those of the
// chains of some witnesses, and answers for them all at once.
func (l *Linked) Suppose(ws []*Witness) {
	l.supposed = make(map[string][]CallKey)
	seen := make(map[string]map[CallKey]bool)
	var atoms []Atom
	for _, w := range ws {
		if seen[w.Class] == nil {
			seen[w.Class] = make(map[CallKey]bool)
			for mode, taken := range l.Classes[w.Class].modes() {
				if taken {
					atoms = append(atoms, l.c.atom(w.Class, lock.Mode(mode)))
				}
			}
		}
		for _, s := range l.Chain(w) {
			k := CallKey{s.Instr, s.To}
			if s.To != nil && !seen[w.Class][k] {
				seen[w.Class][k] = true
				l.supposed[w.Class] = append(l.supposed[w.Class], k)
			}
		}
	}
	if l.taken == nil {
		l.indexTaken()
	}
	l.asked = make(map[string]map[int]int)
	l.indexAsked(slices.Collect(maps.Keys(seen)))
	l.survivals = make(map[Atom]*survival)
	for _, a := range atoms {
		l.survivals[a] = &survival{calls: make(map[CallKey]int)}
	}
	var work sync.WaitGroup
	next := make(chan Atom)
	for range runtime.GOMAXPROCS(0) {
		work.Go(func() {
			for a := range next {
				l.survivals[a].extend(l, a, l.supposed[l.c.atoms[a].class])
			}
		})
	}
	for _, a := range atoms {
		next <- a
	}
	close(next)
	work.Wait()
}

// TakenBelow lists the classes that the callee of a call takes, in order. Who
// asks for several calls, one after the other, will ask Survives about each of
// them and each of the classes: it answers for them all at once.
func (l *Linked) TakenBelow(k CallKey) []string {
	if l.told {
		l.told, l.likely = false, nil
	}
	l.likely = append(l.likely, k)
	classes := make(map[string]bool)
	for _, n := range l.p.order {
		if n.Fn == k.To {
			l.c.sums[n.ID].all.each(func(a Atom) { classes[l.c.atoms[a].class] = true })
		}
	}
	return slices.Sorted(maps.Keys(classes))
}

// indexAsked numbers the callees by which the edges take some classes: few of a
// large program's nodes, so that what is known of each class stays small.
func (l *Linked) indexAsked(classes []string) {
	for _, c := range classes {
		l.asked[c] = make(map[int]int)
	}
	if l.into == nil {
		l.into = make(map[string][]*Witness)
		for _, e := range l.Edges {
			for _, w := range e.Witnesses {
				if w.Call != nil {
					l.into[w.Class] = append(l.into[w.Class], w)
				}
			}
		}
	}
	for _, c := range classes {
		m := l.asked[c]
		for _, w := range l.into[c] {
			if id := w.Call.Callees[w.Callee].Node.ID; m[id] == 0 {
				m[id] = len(m) + 1
			}
		}
	}
}

// modes are those in which the class is taken; c may be nil.
func (c *Class) modes() []bool {
	if c == nil {
		return nil
	}
	return c.Modes[:]
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
			l.asked = make(map[string]map[int]int)
		}
		if l.asked[w.Class] == nil {
			l.indexAsked([]string{w.Class})
		}
		s = &survival{calls: make(map[CallKey]int)}
		l.survivals[a] = s
	}
	l.told = true
	i, ok := s.calls[without]
	if !ok {
		s.extend(l, a, slices.Concat([]CallKey{without}, l.supposed[w.Class], l.likely))
		i = s.calls[without]
	}
	return s.reach[i/64][l.asked[w.Class][callee.Node.ID]]>>(i%64)&1 != 0
}

// extend adds the calls that are not yet in, sixty-four at a time.
func (s *survival) extend(l *Linked, a Atom, calls []CallKey) {
	batch := make(map[CallKey]uint64)
	asked := l.asked[l.c.atoms[a].class]
	flush := func() {
		if len(batch) > 0 {
			all := l.reachWithout(a, batch)
			reach := make([]uint64, 1+len(asked))
			for node, i := range asked {
				reach[i] = all[node]
			}
			s.reach = append(s.reach, reach)
			batch = make(map[CallKey]uint64)
		}
	}
	for _, k := range calls {
		if _, ok := s.calls[k]; ok {
			continue
		}
		s.calls[k] = 64*len(s.reach) + len(batch)
		batch[k] = 1 << len(batch)
		if len(batch) == 64 {
			flush()
		}
	}
	flush()
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
		queued[n] = true
		for _, t := range l.takenBy(n, a) {
			without := all
			if t.by != nil {
				t.by.way(func(c *flow.Call, j int) { without &^= calls[CallKey{c.Instr, c.Callees[j].Node.Fn}] })
			}
			reach[n] |= without
		}
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
