package report

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// maxAnnotations is how many annotations of one kind GitHub keeps of a step.
// More are dropped without a word, in an order that is not ours.
const maxAnnotations = 10

// maxSummary is a bound well below the 1 MiB that GitHub takes of a step's
// summary; a longer one is not shown at all.
const maxSummary = 900 << 10

// annotation maps confidence to a workflow command.
var annotation = map[lockorder.Confidence]string{
	lockorder.High:   "error",
	lockorder.Medium: "warning",
	lockorder.Low:    "notice",
}

// Annotations writes workflow commands that put the findings beside the code
// in a pull request, the worst first, and not more than GitHub shows. file turns
// a name of the report into one relative to the repository. The error is w's.
//
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func Annotations(w io.Writer, r *lockorder.Report, file func(string) string) error {
	var b bytes.Buffer
	n := namesOfReport(r)
	findings := worstFirst(r.Findings)
	for _, f := range findings[:min(len(findings), maxAnnotations)] {
		pkg := commonPackage(&f)
		message := plain(&f, n, func(name string) string { return n.local(name, pkg) })
		fmt.Fprintf(&b, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", annotation[f.Confidence],
			property(file(f.Pos.File)), max(f.Pos.Line, 1), max(f.Pos.Column, 1),
			property("lockorder: "+string(f.Kind)), data(message))
	}
	if more := len(findings) - maxAnnotations; more > 0 {
		fmt.Fprintf(&b, "%d of %s are not annotated: GitHub shows %d\n", more, count(len(findings), "finding"), maxAnnotations)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// worstFirst orders findings by confidence; the engine has ranked them within.
func worstFirst(findings []lockorder.Finding) []lockorder.Finding {
	findings = slices.Clone(findings)
	slices.SortStableFunc(findings, func(a, b lockorder.Finding) int { return a.Confidence.Rank() - b.Confidence.Rank() })
	return findings
}

// data escapes the message of a workflow command, which is one line.
func data(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.ReplaceAll(clean(line), "%", "%25")
	}
	return strings.Join(lines, "%0A")
}

// property escapes the value of a workflow command's property.
func property(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(s))
}

// StepSummary writes the findings in Markdown, as the summary of a step: a table,
// and below it the proof of each, folded. The error is w's.
func StepSummary(w io.Writer, r *lockorder.Report, source func(string, int) string) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "## lockorder\n\n%s\n", html.EscapeString(summary(r)))
	findings := worstFirst(r.Findings)
	n := namesOfReport(r)
	if len(findings) > 0 {
		b.WriteString("\n| confidence | kind | where | what | id |\n| --- | --- | --- | --- | --- |\n")
	}
	for i, f := range findings {
		if b.Len() > maxSummary/2 {
			fmt.Fprintf(&b, "\n%d more are left out here.\n", len(findings)-i)
			break
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", f.Confidence, f.Kind, cell(f.Pos.String()),
			cell(n.prose(f.Message, namesOfFinding(&f))), f.ID)
	}
	for i, f := range findings {
		t := &text{names: n, o: TextOptions{Width: 110, Source: source}}
		t.finding(&f)
		head := fmt.Sprintf("%s at %s: %s", f.Kind, clean(f.Pos.String()), strings.Join(n.shorts(f.Locks), ", "))
		proof := fmt.Sprintf("\n<details><summary>%s</summary>\n\n%s\n</details>\n", html.EscapeString(head), fenced(t.buf.String()))
		if b.Len()+len(proof) > maxSummary {
			fmt.Fprintf(&b, "\nThe proofs of %d more are in the log of the step.\n", len(findings)-i)
			break
		}
		b.WriteString(proof)
	}
	b.WriteString("\n")
	_, err := w.Write(b.Bytes())
	return err
}

// fenced quotes a text as code, in a fence that nothing in it closes.
func fenced(s string) string {
	fence := "```"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	return fence + "\n" + strings.TrimRight(s, "\n") + "\n" + fence + "\n"
}
