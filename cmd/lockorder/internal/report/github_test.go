package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lockorder/lockorder/lockorder"
)

// many returns a report of n findings of low confidence and, after them, one
// of high.
func many(n int) *lockorder.Report {
	var findings []lockorder.Finding
	for i := range n {
		f := go18()
		f.ID, f.Confidence = fmt.Sprintf("LO-%d", i), lockorder.Low
		findings = append(findings, f)
	}
	return canned(append(findings, go18())...)
}

func TestAnnotationsWorstFirstAndTen(t *testing.T) {
	var b strings.Builder
	if err := Annotations(&b, many(11), func(f string) string { return "sub/" + f }); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	if got, want := lines[0][:60], "::error file=sub/src/runtime/proc.go,line=2161,col=3,title=l"; got != want {
		t.Errorf("the first is %s, want %s", got, want)
	}
	if n := strings.Count(b.String(), "\n::"); n != maxAnnotations-1 || !strings.HasPrefix(lines[1], "::notice ") {
		t.Errorf("%d annotations follow, the first of them %s", n, lines[1])
	}
	if got := lines[len(lines)-2]; got != "2 of 12 findings are not annotated: GitHub shows 10" {
		t.Errorf("the last line is %q", got)
	}
}

// What comes from the program must not become a command or a property.
func TestAnnotationsOfHostileNames(t *testing.T) {
	f := lockorder.Finding{ID: "LO-1", Kind: lockorder.Leak, Confidence: lockorder.Medium, Reason: "r",
		Message: "100%\n::error::x\r", Pos: lockorder.Pos{File: "a,b:c%.go", Line: 3}}
	var b strings.Builder
	if err := Annotations(&b, canned(f), func(f string) string { return f }); err != nil {
		t.Fatal(err)
	}
	want := "::warning file=a%2Cb%3Ac%25.go,line=3,col=1,title=lockorder%3A leak::100%25%0A::error::x\ufffd.%0AConfidence medium: r. LO-1\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestStepSummary(t *testing.T) {
	f := go18()
	f.Pos.File = "a|b</summary>.go"
	var b strings.Builder
	if err := StepSummary(&b, canned(f), func(string, int) string { return "x := `a` + \"```\"" }); err != nil {
		t.Fatal(err)
	}
	golden(t, "summary.md", b.String())
}

// GitHub shows nothing of a summary that is too long.
func TestStepSummaryIsBounded(t *testing.T) {
	var b strings.Builder
	if err := StepSummary(&b, many(5000), nil); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 1<<20 || !strings.Contains(b.String(), "more are in the log of the step") {
		t.Errorf("%d bytes", b.Len())
	}
	b.Reset()
	if err := StepSummary(&b, canned(), nil); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "## lockorder\n\nno findings: 40 locks, 61 edges in 12 packages\n\n"; got != want {
		t.Errorf("got %q", got)
	}
}
