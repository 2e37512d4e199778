package link

import (
	"maps"
	"slices"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A writing is a place that takes a class exclusively, and what is held there
// on every way to it.
type writing struct {
	site  *flow.Site
	gates []Gate
	at    int32 // its situation
}

// Writer returns a place that takes the class exclusively while the witness
// may be under way. alone: there are such places, but none at that time.
func (l *Linked) Writer(w *Witness) (site *flow.Site, alone bool) {
	for _, v := range l.writings(w.Class) {
		if !l.Apart(&Witness{situation: v.at}, w) && !conflict(v.gates, w.Gates) {
			return v.site, false
		}
	}
	return nil, !l.farClass(w.Class)
}

// farClass reports whether facts tell of the class: there may be places that
// take it of which they do not.
func (l *Linked) farClass(class string) bool {
	return l.p.far != nil && l.p.far.classes[class] != nil
}

// WrittenUnder lists what is held where the class is taken exclusively: each
// set of gates once. Of places that only facts tell of nothing is known to be
// held.
func (l *Linked) WrittenUnder(class string) [][]Gate {
	var out [][]Gate
	if l.farClass(class) {
		out = append(out, nil)
	}
	for _, v := range l.writings(class) {
		if !slices.ContainsFunc(out, func(gs []Gate) bool { return slices.Equal(gs, v.gates) }) {
			out = append(out, v.gates)
		}
	}
	return out
}

// writings lists the places that take a class exclusively, but for those of
// objects that nobody else can have seen.
func (l *Linked) writings(class string) []writing {
	if l.written == nil {
		l.written = make(map[string][]writing)
		for _, n := range l.p.order {
			if len(l.callers[n.ID]) == 0 && inward(n.Fn) {
				continue // nobody can call it
			}
			for i := range n.Record.Acquires {
				if q := &n.Record.Acquires[i]; q.Mode == lock.Exclusive && !q.Fresh {
					l.writes(n, l.ClassOf(q.Path), q.Site, q.Held, &Witness{Node: n, Acquire: q})
				}
			}
		}
		if l.taken == nil {
			l.indexTaken()
		}
		for _, a := range slices.Sorted(maps.Keys(l.passes)) {
			if k := l.c.atoms[a]; k.mode == lock.Exclusive {
				for _, p := range l.passes[a] {
					n := l.p.order[p.node]
					site := &flow.Site{Fn: n.Fn, Instr: p.call.Instr}
					l.writes(n, k.class, site, p.call.Held, &Witness{Node: n, Call: p.call, Callee: p.callee})
				}
			}
		}
	}
	return l.written[class]
}

func (l *Linked) writes(n *flow.Node, class string, site *flow.Site, held []flow.Held, w *Witness) {
	v := writing{site: site, at: l.situation(w), gates: l.heldGates(held)}
	for a := range l.must[n.ID] {
		v.gates = append(v.gates, Gate{l.c.atoms[a].class, l.c.atoms[a].mode})
	}
	sortGates(v.gates)
	v.gates = slices.Compact(v.gates)
	l.written[class] = append(l.written[class], v)
}

// conflict reports whether two who hold the gates keep each other out.
func conflict(as, bs []Gate) bool {
	for _, a := range as {
		for _, b := range bs {
			if a.Class == b.Class && a.Mode.Conflicts(b.Mode) {
				return true
			}
		}
	}
	return false
}
