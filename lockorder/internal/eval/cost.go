package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
)

// costs are the programs to measure, in a folder of LOCKORDER_TREES; std needs
// none.
var costs = []struct {
	name    string
	dir     []string
	pattern string
}{
	{"std", nil, "std"},
	{"nats", []string{"nats"}, "./..."},
	{"etcd", []string{"etcd", "server"}, "./..."},
}

// cost measures time and memory on large programs. It accepts what it sees: its
// runs only have to succeed.
func cost(ctx context.Context, b *bench) (bool, error) {
	work, err := os.MkdirTemp("", "lockorder-cost-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(work)
	t := newTable("program", "packages", "functions", "locks", "edges", "load", "ssa", "callgraph", "analysis",
		"analysis / rest", "wall", "peak MB", "findings")
	failed := 0
	for _, p := range costs {
		if !b.wants(p.name) {
			continue
		}
		dir := work
		if p.dir != nil {
			if dir, err = b.tree(p.dir...); err != nil {
				return false, err
			}
		}
		o, err := b.measure(ctx, p.name, call{dir: dir, args: []string{p.pattern}})
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if err != nil {
			failed++
			row := make([]string, len(t.header))
			row[0], row[len(row)-1] = p.name, brief(err)
			t.add(row...)
			continue
		}
		s := &o.report.Stats
		rest := s.LoadSeconds + s.SSASeconds + s.CallgraphSeconds
		t.add(p.name, fmt.Sprint(s.Packages), fmt.Sprint(s.Functions), fmt.Sprint(s.Locks), fmt.Sprint(s.Edges),
			seconds(s.LoadSeconds), seconds(s.SSASeconds), seconds(s.CallgraphSeconds), seconds(s.AnalysisSeconds),
			ratio(s.AnalysisSeconds, rest), seconds(o.seconds), fmt.Sprint(s.PeakBytes>>20), byKind(o.report.Findings))
	}
	fmt.Fprintf(b.out, "## Cost, in seconds\n\n")
	t.print(b.out)
	return failed == 0, nil
}

func seconds(s float64) string { return fmt.Sprintf("%.1f", s) }

func ratio(a, b float64) string {
	if b == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", a/b)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
