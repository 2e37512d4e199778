package report

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// summary is the last line of the text: what was found, in how much.
func summary(r *lockorder.Report) string {
	var notes []string
	byKind := map[lockorder.Kind]int{}
	for _, f := range r.Findings {
		byKind[f.Kind]++
	}
	for _, k := range sortedKinds(byKind) {
		notes = append(notes, fmt.Sprintf("%s %d", k, byKind[k]))
	}
	byWhat := map[string]int{}
	for _, s := range r.Suppressed {
		byWhat[s.By]++
	}
	if n := byWhat["baseline"]; n > 0 {
		notes = append(notes, fmt.Sprintf("known to the baseline %d", n))
	}
	if n := len(r.Suppressed) - byWhat["baseline"]; n > 0 {
		notes = append(notes, fmt.Sprintf("ignored %d", n))
	}
	if n := len(r.Problems); n > 0 {
		notes = append(notes, fmt.Sprintf("problems of the policy %d", n))
	}
	note := ""
	if len(notes) > 0 {
		note = " (" + strings.Join(notes, ", ") + ")"
	}
	s := r.Stats
	covered := fmt.Sprintf("%s, %s in %s", count(s.Locks, "lock"), count(s.Edges, "edge"), count(s.Packages, "package"))
	if len(r.Findings) == 0 {
		return fmt.Sprintf("no findings%s: %s", note, covered)
	}
	return fmt.Sprintf("%s%s: %s, %s", count(len(r.Findings), "finding"), note, covered, count(s.Functions, "function"))
}

// sortedKinds orders kinds as reports do; those it does not know come first,
// by name.
func sortedKinds[V any](m map[lockorder.Kind]V) []lockorder.Kind {
	return slices.SortedFunc(maps.Keys(m), func(a, b lockorder.Kind) int {
		return cmp.Or(cmp.Compare(slices.Index(lockorder.Kinds, a), slices.Index(lockorder.Kinds, b)), cmp.Compare(a, b))
	})
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// seconds is how long the whole took.
func seconds(s lockorder.Stats) float64 {
	return s.LoadSeconds + s.SSASeconds + s.CallgraphSeconds + s.AnalysisSeconds
}

// Cost writes one line on what the analysis cost in time and memory. It is
// kept apart from [Text], which must not change from run to run.
func Cost(w io.Writer, s lockorder.Stats) error {
	_, err := fmt.Fprintf(w, "%.1fs (load %.1fs, ssa %.1fs, call graph %.1fs, analysis %.1fs), %d MB, %d instructions\n",
		seconds(s), s.LoadSeconds, s.SSASeconds, s.CallgraphSeconds, s.AnalysisSeconds, s.PeakBytes>>20, s.Instructions)
	return err
}
