package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/lockorder/lockorder/lockorder"
)

// An OrderFormat is a way to show the lock hierarchy.
type OrderFormat string

// The formats of [Order].
const (
	OrderText     OrderFormat = "text"
	OrderMarkdown OrderFormat = "markdown"
	OrderMermaid  OrderFormat = "mermaid"
)

// OrderFormats lists them all, the default first.
var OrderFormats = []OrderFormat{OrderText, OrderMarkdown, OrderMermaid}

// Order writes the lock hierarchy that the graph of r implies: the layers of
// its strongly connected components, outermost first, each edge with the
// shortest of its witnesses, and the cycles by number. A report without a graph
// gives the hierarchy of its findings. Errors are w's, or an unknown format.
func Order(w io.Writer, r *lockorder.Report, format OrderFormat) error {
	g := graphOf(r)
	o := &orderWriter{h: newHierarchy(g), names: newNames(namesOfGraph(g))}
	switch format {
	case OrderText:
		o.text()
	case OrderMarkdown:
		o.markdown()
	case OrderMermaid:
		o.mermaid()
	default:
		return fmt.Errorf("unknown format %q of the lock order", format)
	}
	_, err := w.Write(o.buf.Bytes())
	return err
}

type orderWriter struct {
	h     *hierarchy
	names *names
	buf   bytes.Buffer
}

func (o *orderWriter) line(format string, args ...any) { fmt.Fprintf(&o.buf, format+"\n", args...) }

// headline counts what the hierarchy holds.
func (o *orderWriter) headline() string {
	locks, edges := 0, 0
	for _, layer := range o.h.layers {
		for _, c := range layer {
			locks += len(c)
			for _, lock := range c {
				edges += len(o.h.edges[lock])
			}
		}
	}
	s := fmt.Sprintf("%s in %s, %s, %s", count(locks, "lock"), count(len(o.h.layers), "layer"),
		count(edges, "edge"), count(len(o.h.cycles), "cycle"))
	if n := len(o.h.alone); n > 0 {
		s += fmt.Sprintf("; %s never held with another", count(n, "lock"))
	}
	return s
}

// sameCycle reports whether e stays within a cycle, and in which.
func (o *orderWriter) sameCycle(e *lockorder.GraphEdge) (int, bool) {
	n := o.h.cycle[e.Held]
	return n, n > 0 && n == o.h.cycle[e.Acquired]
}

// proof is the witness of e in one line: who, and where.
func (o *orderWriter) proof(e *lockorder.GraphEdge) (who, where string) {
	w, ok := witness(e)
	if !ok {
		return "", ""
	}
	return o.names.short(w.Function), clean(w.AcquiredAt.String())
}

func (o *orderWriter) text() {
	o.line("lock order: %s", o.headline())
	for i, c := range o.h.cycles {
		o.line("cycle %d: %s", i+1, strings.Join(o.names.shorts(c), ", "))
	}
	for i, layer := range o.h.layers {
		o.line("\nlayer %d", i+1)
		table := tabwriter.NewWriter(&o.buf, 0, 0, 2, ' ', 0)
		for _, lock := range slices.Concat(layer...) {
			fmt.Fprintf(table, "  %s\n", o.names.short(lock))
			for _, e := range o.h.edges[lock] {
				who, where := o.proof(&e)
				fmt.Fprintf(table, "    > %s\t%s\t%s", o.names.short(e.Acquired), who, where)
				if n, ok := o.sameCycle(&e); ok {
					fmt.Fprintf(table, "\tcycle %d", n)
				}
				fmt.Fprintln(table)
			}
		}
		table.Flush() // into memory: it cannot fail
	}
	if len(o.h.alone) > 0 {
		o.line("\nnever held with another")
		for _, name := range o.names.shorts(o.h.alone) {
			o.line("  %s", name)
		}
	}
}
