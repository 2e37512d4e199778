package link

import (
	"go/token"
	"maps"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// gates are the locks held over the witnesses of one held lock at one place.
type gates struct {
	held     []flow.Held
	released []flow.Hole // what the node itself has given up of its callers' locks

	all []Gate // other than the held lock; nil until wanted
	key string
}

// gates are the other locks held over both: those that the node itself holds
// and those that every way into it holds. The key tells them apart.
func (l *Linked) gates(w *Witness, over *gates) ([]Gate, string) {
	if over.all == nil {
		over.all = l.gatesOver(w, over)
		over.key = gatesKey(over.all)
	}
	if !slices.ContainsFunc(over.all, func(g Gate) bool { return g.Class == w.Class }) {
		return over.all, over.key
	}
	out := make([]Gate, 0, len(over.all))
	for _, g := range over.all {
		if g.Class != w.Class {
			out = append(out, g)
		}
	}
	return out, gatesKey(out)
}

func gatesKey(gs []Gate) string {
	if len(gs) == 0 {
		return ""
	}
	var b strings.Builder
	for _, g := range gs {
		b.WriteString(g.Class)
		b.WriteByte('0' + byte(g.Mode))
	}
	return b.String()
}

func (l *Linked) gatesOver(w *Witness, over *gates) []Gate {
	out := []Gate{}
	from, _ := l.c.class(w.Held.Path)
	add := func(g Gate) {
		if g.Class != from && !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	for i := range over.held {
		h := &over.held[i]
		if h == w.Held || h.Path == w.Held.Path || h.Fresh {
			continue
		}
		class, _ := l.c.class(h.Path)
		add(Gate{class, h.Mode})
	}
	for a := range l.must[w.Node.ID] {
		if k := l.c.atoms[a]; !l.names(over.released, k.class) {
			add(Gate{k.class, k.mode})
		}
	}
	sortGates(out)
	return out
}

// names reports whether one of the locks is of the class.
func (l *Linked) names(holes []flow.Hole, class string) bool {
	for _, h := range holes {
		if l.ClassOf(h.Path) == class {
			return true
		}
	}
	return false
}

// releasedAlways are the locks that a node releases on every way of
// returning without having taken them: whoever calls it holds them, even who
// is not in view.
func (l *Linked) releasedAlways(n *flow.Node) map[Atom]bool {
	var out map[Atom]bool
	for i, x := range n.Effect.Exits {
		if len(x.Holes) == 0 {
			return nil
		}
		here := make(map[Atom]bool)
		for _, h := range x.Holes {
			if h.Path.Exact() {
				here[l.c.atom(l.ClassOf(h.Path), h.Mode)] = true
			}
		}
		if i == 0 {
			out = here
			continue
		}
		for a := range out {
			if !here[a] {
				delete(out, a)
			}
		}
	}
	return out
}

func sortGates(gs []Gate) {
	sort.Slice(gs, func(i, j int) bool {
		if gs[i].Class != gs[j].Class {
			return gs[i].Class < gs[j].Class
		}
		return gs[i].Mode < gs[j].Mode
	})
}

// mustHold computes what is held at the entry of each node on every way into
// it: the intersection over its callers, from above, and what it releases in
// any case.
func (l *Linked) mustHold() {
	nodes := l.p.order
	l.must = make([]map[Atom]bool, len(nodes)) // nil: not reached yet
	root := make([]bool, len(nodes))
	called := make([]bool, len(nodes))
	for _, n := range nodes {
		for i := range n.Record.Calls {
			for _, c := range n.Record.Calls[i].Callees {
				called[c.Node.ID] = true
			}
		}
		for i := range n.Record.Spawns {
			for _, c := range n.Record.Spawns[i].Callees {
				root[c.Node.ID] = true
			}
		}
	}
	always := make([]map[Atom]bool, len(nodes))
	for _, n := range nodes {
		always[n.ID] = l.releasedAlways(n)
		if l.p.isFar(n) && !(l.p.far.nodes[n].root && called[n.ID] && l.p.within(n.Fn)) {
			root[n.ID] = true
			l.must[n.ID] = make(map[Atom]bool)
			for _, g := range l.p.far.nodes[n].gates {
				l.must[n.ID][l.c.atom(g.Class, g.Mode)] = true
			}
			continue
		}
		if !called[n.ID] && !root[n.ID] && inward(n.Fn) {
			continue
		}
		if !called[n.ID] || n.Key == "" && l.p.isRoot(n.Fn) && !l.p.within(n.Fn) {
			root[n.ID] = true
		}
		if root[n.ID] {
			l.must[n.ID] = map[Atom]bool{}
			maps.Copy(l.must[n.ID], always[n.ID])
		}
	}
	news := make([]bool, len(nodes)) // what is held at the entry has changed
	for i := range news {
		news[i] = l.must[i] != nil
	}
	for changed := true; changed; {
		changed = false
		for i := len(l.c.sccs) - 1; i >= 0; i-- {
			for _, n := range l.c.sccs[i] {
				if news[n.ID] {
					news[n.ID] = false
					l.mustFrom(n, root, always, news)
					changed = true
				}
			}
		}
	}
	for i := range l.must {
		if l.must[i] == nil {
			l.must[i] = map[Atom]bool{}
		}
	}
}

// inward reports whether f is a wrapper of a promoted method that only its own
// package can call: where nobody does, nobody outside does either.
func inward(f *ssa.Function) bool {
	return f.Synthetic != "" && f.Signature.Recv() != nil && (!token.IsExported(f.Name()) || !nameable(f))
}

// mustFrom passes on what n holds to its callees, and notes to which that is
// news.
func (l *Linked) mustFrom(n *flow.Node, root []bool, always []map[Atom]bool, news []bool) {
	entry := l.must[n.ID]
	for i := range n.Record.Calls {
		call := &n.Record.Calls[i]
		var in map[Atom]bool
		for j := range call.Callees {
			m := call.Callees[j].Node
			if root[m.ID] {
				continue
			}
			if in == nil {
				in = l.heldAt(entry, call)
			}
			if l.must[m.ID] == nil {
				copied := make(map[Atom]bool, len(in))
				for a := range always[m.ID] {
					copied[a] = true
				}
				for a := range in {
					copied[a] = true
				}
				l.must[m.ID] = copied
				news[m.ID] = true
				continue
			}
			for a := range l.must[m.ID] {
				if !in[a] && !always[m.ID][a] {
					delete(l.must[m.ID], a)
					news[m.ID] = true
				}
			}
		}
	}
}

func (l *Linked) heldAt(entry map[Atom]bool, call *flow.Call) map[Atom]bool {
	if len(entry)+len(call.Held) == 0 {
		return entry
	}
	in := make(map[Atom]bool, len(entry)+len(call.Held))
	for a := range entry {
		in[a] = true
	}
	for _, h := range call.Holes {
		class, _ := l.c.class(h.Path)
		for a := range in {
			if l.c.atoms[a].class == class {
				delete(in, a)
			}
		}
	}
	for _, h := range call.Held {
		if !h.Fresh {
			class, _ := l.c.class(h.Path)
			in[l.c.atom(class, h.Mode)] = true
		}
	}
	return in
}
