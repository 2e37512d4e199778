package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// DOT writes the lock-order graph of r for Graphviz, held above acquired, the
// locks and edges of cycles in red. Edges carry the number of places that make
// them, and the shortest witness as a tooltip. A report without a graph gives
// the graph of its findings. The error is w's.
func DOT(w io.Writer, r *lockorder.Report) error {
	g := graphOf(r)
	h := newHierarchy(g)
	n := newNames(namesOfGraph(g))
	var b bytes.Buffer
	b.WriteString("digraph lockorder {\n\tnode [shape=box, fontname=\"sans-serif\"];\n\tedge [fontname=\"sans-serif\"];\n")
	for _, lock := range locksOf(g) {
		red := ""
		if h.cycle[lock] > 0 {
			red = ", color=red"
		}
		fmt.Fprintf(&b, "\t%s [label=%s, tooltip=%s%s];\n", dotQuote(lock), dotQuote(n.short(lock)), dotQuote(lock), red)
	}
	for _, lock := range locksOf(g) {
		for _, e := range h.edges[lock] {
			red := ""
			if c := h.cycle[e.Held]; c > 0 && c == h.cycle[e.Acquired] {
				red = ", color=red"
			}
			tip := ""
			if wit, ok := witness(&e); ok {
				tip = n.short(wit.Function) + " " + wit.AcquiredAt.String()
			}
			fmt.Fprintf(&b, "\t%s -> %s [label=\"%d\", tooltip=%s%s];\n", dotQuote(e.Held), dotQuote(e.Acquired), e.Count, dotQuote(tip), red)
		}
	}
	b.WriteString("}\n")
	_, err := w.Write(b.Bytes())
	return err
}

// dotQuote writes s as a quoted string of DOT. The lexer knows only \" and the
// line continuation; labels know escapes of their own (\N, \G, \l), so that a
// backslash is doubled. Doubled in an identifier it is still the same one
// throughout.
func dotQuote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(clean(s)) + `"`
}
