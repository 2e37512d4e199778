package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// TextOptions says how the text looks. The zero value is plain text of any
// width, with long chains folded.
type TextOptions struct {
	// Color marks up for a terminal.
	Color bool
	// Width is where prose wraps and quoted source ends, in columns; 0 is
	// no limit. Lines with positions are never broken.
	Width int
	// Columns is the width of the terminal: chains that are wider as tables
	// are told in a narrower form. 0 is no limit.
	Columns int
	// Verbose unfolds long chains, names every cut, and quotes the source
	// around each acquisition.
	Verbose bool
	// Time adds how long it took, which is not the same from run to run.
	Time bool
	// Source returns a line of source to quote under an acquisition; it may
	// be nil, and it returns "" for what it cannot read.
	Source func(file string, line int) string
}

// Text writes the findings for a reader at a terminal: for each the place and
// the message, then what each goroutine of it does, one step a line with its
// position, so that the proof can be checked by following the positions.
//
// Without Time the text is the same for the same findings; [Cost] tells more of
// what they cost. The error is w's.
func Text(w io.Writer, r *lockorder.Report, o TextOptions) error {
	t := &text{names: namesOfReport(r), o: o}
	for _, f := range grouped(r.Findings) {
		t.finding(&f)
		t.line("")
	}
	for _, s := range r.NotAnalysed {
		t.line("not analysed: %s", clean(s))
	}
	if o.Verbose {
		t.bounded(r.Stats.Bounded)
	}
	took := ""
	if o.Time {
		took = fmt.Sprintf("; %.1fs", seconds(r.Stats))
	}
	t.line("%s%s", summary(r), took)
	_, err := w.Write(t.buf.Bytes())
	return err
}

// grouped orders findings by kind, and leaves them as they are within a kind:
// the engine has ranked them.
func grouped(findings []lockorder.Finding) []lockorder.Finding {
	findings = slices.Clone(findings)
	slices.SortStableFunc(findings, func(a, b lockorder.Finding) int {
		return slices.Index(lockorder.Kinds, a.Kind) - slices.Index(lockorder.Kinds, b.Kind)
	})
	return findings
}

// text is one output in the making.
type text struct {
	names *names
	o     TextOptions
	buf   bytes.Buffer
}

func (t *text) line(format string, args ...any) {
	// Padding and empty quotes would leave blanks at the end.
	t.buf.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " "))
	t.buf.WriteByte('\n')
}

func (t *text) finding(f *lockorder.Finding) {
	t.line("%s: %s: %s [%s] (%s)", t.paint(bold, clean(f.Pos.String())), t.paint(red, string(f.Kind)),
		t.paint(bold, clean(t.names.prose(f.Message, namesOfFinding(f)))),
		t.paint(colorOf[f.Confidence], string(f.Confidence)), f.ID)
	pkg := commonPackage(f)
	fn := func(name string) string { return t.names.local(name, pkg) }
	for i := range f.Edges {
		t.line("")
		t.edge(fmt.Sprintf("goroutine %d:", i+1), f, i, fn)
	}
	if s := second[f.Kind]; s != "" && len(f.Edges) == 1 {
		t.line("")
		t.line("  %s %s", t.paint(bold, "goroutine 2:"), s)
	}
	t.closing(f, fn)
}

// closing names the cut, which is where to mend, and what the finding assumes.
func (t *text) closing(f *lockorder.Finding, fn shown) {
	t.line("")
	for i, c := range f.Cut {
		if worthNaming(c) && (i == 0 || t.o.Verbose) {
			t.line("  %s", t.paint(green, clean(cutLine(f, c, t.names.short, fn))))
		}
	}
	t.also(f)
	if len(f.Holders) > 0 {
		t.wrap("  ", holdersLine(f, fn))
	}
	for _, line := range othersLines(f, t.o.Verbose, t.names.short, fn) {
		t.wrap("  ", clean(line))
	}
	if f.Reason != "" {
		t.wrap("  ", fmt.Sprintf("%s confidence: %s", f.Confidence, t.names.words(f.Reason)))
	}
}

// alsoNamed is how many of the other cycles a finding names unless it is to
// name all.
const alsoNamed = 3

// also names the locks of the other cycles that fall with the cut.
func (t *text) also(f *lockorder.Finding) {
	if len(f.Also) == 0 {
		return
	}
	named := f.Also
	if !t.o.Verbose && len(named) > alsoNamed {
		named = named[:alsoNamed]
	}
	var list []string
	for _, locks := range named {
		list = append(list, strings.Join(t.names.shorts(locks), " with "))
	}
	s := "the same cause has cycles of " + strings.Join(list, "; ")
	if more := len(f.Also) - len(named); more > 0 {
		s += fmt.Sprintf("; and %d more", more)
	}
	t.wrap("  ", s)
}

// edge tells edge i of f: an opening sentence, the steps as a table, and the
// source of both acquisitions.
func (t *text) edge(who string, f *lockorder.Finding, i int, fn shown) {
	e := &f.Edges[i]
	lead := "  "
	if who != "" {
		lead += t.paint(bold, who) + " "
	}
	t.line("%s%s%s", lead, clean(opening(e, t.names.short, fn)), t.gates(e.Gates))
	t.quote(e.HeldAt)
	list := steps(f, i, t.names.short, fn)
	t.steps(list, fn)
	t.quote(list[len(list)-1].pos)
}

func (t *text) gates(gates []string) string {
	if len(gates) == 0 {
		return ""
	}
	return "; held as well: " + strings.Join(t.names.shorts(gates), ", ")
}

// commonPackage returns the package of all of f's frames, or "" if they are of
// several: in a proof that stays at home the package would be noise.
func commonPackage(f *lockorder.Finding) string {
	pkg := ""
	for i := range f.Edges {
		e := &f.Edges[i]
		for _, frame := range slices.Concat(e.HeldPath, pathOf(e)) {
			p := packageOf(frame.Func)
			if pkg != "" && p != pkg {
				return ""
			}
			pkg = p
		}
	}
	return pkg
}

// bounded says what the analysis cut short.
func (t *text) bounded(counts map[string]int) {
	for _, what := range sortedKeys(counts) {
		t.line("bounded: %s: %d", what, counts[what])
	}
}
