package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// A Violation is an edge that a kept order forbids.
type Violation struct {
	Edge lockorder.GraphEdge
	// HeldLayer and AcquiredLayer are the file's; the lines are where it says so.
	HeldLayer, AcquiredLayer int
	HeldLine, AcquiredLine   int
}

// An OrderCheck is the comparison of a graph with a kept order.
type OrderCheck struct {
	Violations []Violation // by name
	New        []string    // locks with an edge that the file does not know
	Gone       []string    // names of the file that no lock has
	graph      *lockorder.Graph
}

// Check compares the graph of r with k. A name of the file may be cut short at
// the front of its import path; the error is of one that fits several locks.
func (k *KeptOrder) Check(r *lockorder.Report) (*OrderCheck, error) {
	g := graphOf(r)
	c := &OrderCheck{graph: g}
	kept := map[string]string{} // the file's name of a lock
	locks := locksOf(g)
	for _, name := range slices.Sorted(maps.Keys(k.layers)) {
		fit := named(name, locks)
		switch {
		case len(fit) == 0:
			c.Gone = append(c.Gone, name)
		case len(fit) > 1:
			return nil, fmt.Errorf("line %d: %s is any of %s", k.lines[name], name, strings.Join(fit, ", "))
		default:
			kept[fit[0]] = name
		}
	}
	unknown := map[string]bool{}
	for _, e := range slices.SortedFunc(slices.Values(g.Edges), compareEdges) {
		held, acquired := kept[e.Held], kept[e.Acquired]
		unknown[e.Held] = unknown[e.Held] || held == ""
		unknown[e.Acquired] = unknown[e.Acquired] || acquired == ""
		if held == "" || acquired == "" || k.allows(held, acquired) {
			continue
		}
		c.Violations = append(c.Violations, Violation{Edge: e,
			HeldLayer: k.layers[held], AcquiredLayer: k.layers[acquired],
			HeldLine: k.lines[held], AcquiredLine: k.lines[acquired]})
	}
	for _, name := range locks {
		if unknown[name] {
			c.New = append(c.New, name)
		}
	}
	return c, nil
}

// allows reports whether one lock may be taken under another. A lock that was
// never held with another has no place in the layers yet.
func (k *KeptOrder) allows(held, acquired string) bool {
	h, a := k.layers[held], k.layers[acquired]
	return h == 0 || a == 0 || h < a || k.edges[[2]string{held, acquired}]
}

// named lists the locks that a name fits, as a whole or as the end of an
// import path.
func named(name string, locks []string) []string {
	var fit []string
	for _, lock := range locks {
		if lock == name {
			return []string{lock}
		}
		if strings.HasSuffix(lock, "/"+name) || shortest(lock) == name {
			fit = append(fit, lock)
		}
	}
	return fit
}

// shortest returns a canonical name with every import path shortened to its
// last element, ambiguous or not.
func shortest(name string) string { return packageName.ReplaceAllString(name, "$2") }

// Write tells of the violations, each with its witness, and what the file does
// not know. The error is w's.
func (c *OrderCheck) Write(w io.Writer, file string, o TextOptions) error {
	t := &text{names: newNames(namesOfGraph(c.graph)), o: o}
	for _, v := range c.Violations {
		held, acquired := t.names.short(v.Edge.Held), t.names.short(v.Edge.Acquired)
		pos := file
		if wit, ok := witness(&v.Edge); ok {
			pos = pathOf(&wit)[0].Pos.String()
		}
		where := fmt.Sprintf("%s is in layer %d (line %d), not below %s in layer %d (line %d)",
			acquired, v.AcquiredLayer, v.AcquiredLine, held, v.HeldLayer, v.HeldLine)
		if v.Edge.Held == v.Edge.Acquired {
			where = "it does not list that"
		}
		t.line("%s: %s", t.paint(bold, clean(pos)), t.paint(bold, fmt.Sprintf("%s is taken under %s, which %s forbids: %s", acquired, held, file, where)))
		t.why(&v.Edge)
	}
	t.unknown(c, file)
	switch n := len(c.Violations); n {
	case 0:
		t.line("%s agrees with the code: %s", file, count(len(c.graph.Edges), "edge"))
	default:
		t.line("%s forbidden by %s, of %s; if the code is right, write the file anew with -order and review the difference",
			count(n, "edge"), file, count(len(c.graph.Edges), "edge"))
	}
	_, err := w.Write(t.buf.Bytes())
	return err
}

// unknown names what stands on one side only. It forbids nothing.
func (t *text) unknown(c *OrderCheck, file string) {
	for _, name := range c.New {
		t.line("%s is not in %s", t.names.short(name), file)
	}
	for _, name := range c.Gone {
		t.line("%s has %s, which no code takes", file, clean(name))
	}
}
