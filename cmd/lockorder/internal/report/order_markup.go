package report

import (
	"fmt"
	"slices"
	"strings"
)

// cell makes a string safe for a cell of a Markdown table: as code, in which
// only the bar and the backquote mean something.
func cell(s string) string {
	if s == "" {
		return ""
	}
	return "`" + strings.NewReplacer("|", `\|`, "`", "'").Replace(clean(s)) + "`"
}

func (o *orderWriter) markdown() {
	o.line("# Lock order\n\n%s.", o.headline())
	if len(o.h.cycles) > 0 {
		o.line("")
	}
	for i, c := range o.h.cycles {
		cells := make([]string, len(c))
		for j, name := range o.names.shorts(c) {
			cells[j] = cell(name)
		}
		o.line("- cycle %d: %s", i+1, strings.Join(cells, ", "))
	}
	o.line("\n| layer | held | then taken | in | at | cycle |\n| ---: | --- | --- | --- | --- | ---: |")
	for i, layer := range o.h.layers {
		for _, lock := range slices.Concat(layer...) {
			edges := o.h.edges[lock]
			if len(edges) == 0 {
				o.line("| %d | %s | | | | |", i+1, cell(o.names.short(lock)))
			}
			for _, e := range edges {
				who, where := o.proof(&e)
				cycle := ""
				if n, ok := o.sameCycle(&e); ok {
					cycle = fmt.Sprint(n)
				}
				o.line("| %d | %s | %s | %s | %s | %s |", i+1, cell(o.names.short(lock)),
					cell(o.names.short(e.Acquired)), cell(who), cell(where), cycle)
			}
		}
	}
	if len(o.h.alone) > 0 {
		o.line("\nNever held with another:\n")
		for _, name := range o.names.shorts(o.h.alone) {
			o.line("- %s", cell(name))
		}
	}
}

// mermaidText escapes a quoted text of Mermaid, which knows HTML entities with
// a # for the &.
func mermaidText(s string) string {
	return strings.NewReplacer("#", "#35;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "`", "#96;", "&", "#amp;").Replace(clean(s))
}

func (o *orderWriter) mermaid() {
	o.line("flowchart TD")
	id := map[string]string{}
	for i, layer := range o.h.layers {
		o.line("  subgraph layer%d [\"layer %d\"]", i+1, i+1)
		for _, lock := range slices.Concat(layer...) {
			id[lock] = fmt.Sprintf("l%d", len(id)+1)
			class := ""
			if o.h.cycle[lock] > 0 {
				class = ":::cycle"
			}
			o.line("    %s[\"%s\"]%s", id[lock], mermaidText(o.names.short(lock)), class)
		}
		o.line("  end")
	}
	for _, layer := range o.h.layers {
		for _, lock := range slices.Concat(layer...) {
			for _, e := range o.h.edges[lock] {
				arrow := "-->"
				if _, ok := o.sameCycle(&e); ok {
					arrow = "==>"
				}
				label := ""
				if who, where := o.proof(&e); who != "" {
					label = fmt.Sprintf("|\"%s<br/>%s\"|", mermaidText(who), mermaidText(where))
				}
				o.line("  %s %s%s %s", id[lock], arrow, label, id[e.Acquired])
			}
		}
	}
	o.line("  classDef cycle stroke:#c00,stroke-width:3px")
}
