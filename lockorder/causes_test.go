package lockorder_test

import (
	"path/filepath"
	"testing"

	"github.com/lockorder/lockorder/lockorder"
)

// TestOneCause: relocks through one call of a function that needs the lock are
// one finding, which names the others; where one of those who call the function
// has no lock, each is a finding of its own.
func TestOneCause(t *testing.T) {
	src, err := filepath.Abs(filepath.Join("..", "testdata", "src"))
	if err != nil {
		t.Fatal(err)
	}
	run := func(program string) []lockorder.Finding {
		report, err := lockorder.Run(t.Context(), lockorder.Config{Dir: src, Patterns: []string{"./" + program}})
		if err != nil {
			t.Fatal(err)
		}
		return report.Findings
	}
	one := run("relock_one_cause")
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
	if several := run("relock_several_causes"); len(several) != 3 || len(several[0].Holders) > 0 {
		t.Errorf("%d findings, not three of three causes: %v", len(several), several)
	}
}
