package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lockorder/lockorder/lockorder"
)

func written(t *testing.T, b Baseline) string {
	t.Helper()
	var s strings.Builder
	if err := b.Write(&s); err != nil {
		t.Fatal(err)
	}
	return s.String()
}

func TestBaselineRoundTrip(t *testing.T) {
	findings := []lockorder.Finding{
		{ID: "LO-2", Kind: lockorder.Leak, Confidence: lockorder.High, Message: "tab\there\nand a line"},
		{ID: "LO-1", Kind: lockorder.Cycle, Confidence: lockorder.Medium, Message: "a and b"},
	}
	scope := lockorder.Scope{Kinds: lockorder.Kinds, Confidence: lockorder.Medium}
	old := Baseline{"LO-1": {ID: "LO-1", Kind: lockorder.Cycle, Confidence: lockorder.Medium, Reason: "started once, in main"}}
	text := written(t, old.Update(findings, scope))
	want := baselineHead +
		"LO-1\tcycle\tmedium\tstarted once, in main\ta and b\n" +
		"LO-2\tleak\thigh\tunreviewed\ttab here\ufffdand a line\n"
	if diff := cmp.Diff(want, text); diff != "" {
		t.Error(diff)
	}
	again, err := ReadBaseline(strings.NewReader(strings.ReplaceAll(text, "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(text, written(t, again)); diff != "" {
		t.Error(diff)
	}
	if fresh, known := again.Split(findings); len(fresh) != 0 || len(known) != 2 {
		t.Errorf("%d fresh, %d known", len(fresh), len(known))
	}
}

// A run that did not look for an entry does not know that it is stale.
func TestBaselineStaleWithinScope(t *testing.T) {
	b := Baseline{
		"LO-1": {ID: "LO-1", Kind: lockorder.Cycle, Confidence: lockorder.High},
		"LO-2": {ID: "LO-2", Kind: lockorder.Leak, Confidence: lockorder.High},
		"LO-3": {ID: "LO-3", Kind: lockorder.Cycle, Confidence: lockorder.Low},
		"LO-4": {ID: "LO-4", Kind: lockorder.Cycle, Confidence: lockorder.High},
	}
	found := []lockorder.Finding{{ID: "LO-1", Kind: lockorder.Cycle, Confidence: lockorder.High}}
	scope := lockorder.Scope{Kinds: []lockorder.Kind{lockorder.Cycle}, Confidence: lockorder.Medium}
	var stale []string
	for _, e := range b.Stale(found, scope) {
		stale = append(stale, e.ID)
	}
	if diff := cmp.Diff([]string{"LO-4"}, stale); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"LO-1", "LO-2", "LO-3"}, sortedKeys(b.Update(found, scope))); diff != "" {
		t.Error(diff)
	}
}

func TestBaselineErrors(t *testing.T) {
	for text, want := range map[string]string{
		"# head\n\nLO-1 cycle":                                 "line 3: want tab-separated id, kind, confidence, reason and message, have 1 fields",
		"x\tcycle\thigh\treason\tm":                            `line 1: "x" is no id of a finding`,
		"LO-1\tcircle\thigh\treason\tm":                        `line 1: unknown kind "circle"`,
		"LO-1\tcycle\tsure\treason\tm":                         `line 1: unknown confidence "sure"`,
		"LO-1\tcycle\thigh\t \tm":                              "line 1: LO-1 has no reason",
		"LO-1\tcycle\thigh\treason\nLO-1\tcycle\thigh\treason": "line 2: LO-1 is there twice",
	} {
		if _, err := ReadBaseline(strings.NewReader(text)); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
