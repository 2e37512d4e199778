package lockorder_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/lockorder/lockorder/lockorder"
)

// TestOneCause: relocks through one call of a function that needs the lock are
// one finding, which names the others; where one of those who call the function
// has no lock, each is a finding of its own.
func TestOneCause(t *testing.T) {
	one := findingsIn(t, "relock_one_cause")
	if len(one) != 1 {
		t.Fatalf("%d findings, not the one of the cause: %v", len(one), one)
	}
	f := one[0]
	if len(f.Holders) != 2 || len(f.Edges[0].Path) != 3 {
		t.Errorf("the finding has %d other holders, and a chain of %d: not the shortest of three", len(f.Holders), len(f.Edges[0].Path))
	}
	const caller = "example.com/testdata/relock_one_cause.(*Stream).setup"
	if len(f.Cut) != 1 || f.Cut[0].Caller != caller || f.Cut[0].Breaks != 3 {
		t.Errorf("the cut is %v, not the call in %s", f.Cut, caller)
	}
	if several := findingsIn(t, "relock_several_causes"); len(several) != 3 || len(several[0].Holders) > 0 {
		t.Errorf("%d findings, not three of three causes: %v", len(several), several)
	}
}

// TestOnePlace: cycles of which both places of one lock are the same are one
// finding, which names the locks of the others and both places.
func TestOnePlace(t *testing.T) {
	one := findingsIn(t, "cycle_places")
	if len(one) != 1 {
		t.Fatalf("%d findings, not the one of the cause: %v", len(one), one)
	}
	f := one[0]
	if len(f.Also) != 2 {
		t.Errorf("the finding names %v, not the two others", f.Also)
	}
	var cuts []string
	for _, c := range f.Cut {
		cuts = append(cuts, fmt.Sprintf("%d of %d %s: %s", c.Breaks, c.Of, c.Caller, c.Callee))
	}
	want := []string{
		"3 of 3 example.com/testdata/cycle_places.(*Recorder).Calls: sync.(*RWMutex).RLock",
		"3 of 3 example.com/testdata/cycle_places.(*Recorder).note: sync.(*RWMutex).Lock",
	}
	if !slices.Equal(cuts, want) {
		t.Errorf("the cuts are %q, not %q", cuts, want)
	}
	if apart := findingsIn(t, "cycle_places_apart"); len(apart) != 3 {
		t.Errorf("%d findings, not one for each function: %v", len(apart), apart)
	}
}

// findingsIn returns what is found in a program of testdata/src.
func findingsIn(t *testing.T, program string) []lockorder.Finding {
	t.Helper()
	src, err := filepath.Abs(filepath.Join("..", "testdata", "src"))
	if err != nil {
		t.Fatal(err)
	}
	report, err := lockorder.Run(t.Context(), lockorder.Config{Dir: src, Patterns: []string{"./" + program}})
	if err != nil {
		t.Fatal(err)
	}
	return report.Findings
}
