package main

import (
	"fmt"
	"io"
	"strings"
)

// A table is a Markdown table; rows as long as the header.
type table struct {
	header []string
	rows   [][]string
}

func newTable(header ...string) *table { return &table{header: header} }

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// print writes the table and an empty line.
func (t *table) print(w io.Writer) {
	line := func(cells []string) {
		for i, c := range cells {
			// A line break or a bar would end the cell.
			cells[i] = strings.NewReplacer("\n", " ", "|", `\|`).Replace(c)
		}
		fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | "))
	}
	line(append([]string(nil), t.header...))
	fmt.Fprintf(w, "|%s\n", strings.Repeat(" --- |", len(t.header)))
	for _, r := range t.rows {
		line(append([]string(nil), r...))
	}
	fmt.Fprintln(w)
}

// code marks text as code, so that Markdown leaves `[*]` alone.
func code(s string) string { return "`" + s + "`" }

// acceptance prints the last line of a subject.
func acceptance(w io.Writer, subject string, ok bool, what string) {
	verdict := "passed"
	if !ok {
		verdict = "FAILED"
	}
	fmt.Fprintf(w, "Acceptance of %s %s: %s.\n\n", subject, verdict, what)
}
