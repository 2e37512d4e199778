package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
)

// costs are the programs to measure, in a folder of LOCKORDER_TREES; std needs
// none. A Go tree is one whose runtime is audited.
var costs = []struct {
	name    string
	dir     []string
	pattern string
	goTree  bool
}{
	{"go18", []string{"go-before"}, "runtime", true},
	{"std", nil, "std", false},
	{"nats", []string{"nats"}, "./...", false},
	{"etcd", []string{"etcd", "server"}, "./...", false},
}

// cost measures time and memory on large programs. It accepts what it sees: its
// runs only have to succeed. Each program is analysed twice, the second time
// for cycles alone.
func cost(ctx context.Context, b *bench) (bool, error) {
	work, err := os.MkdirTemp("", "lockorder-cost-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(work)
	t := newTable("program", "packages", "functions", "locks", "edges", "load", "ssa", "callgraph", "looks", "analysis",
		"analysis / rest", "with looks / rest", "all kinds / cycle", "wall", "peak MB", "peak / base", "findings")
	failed := 0
	for _, p := range costs {
		if !b.wants(p.name) {
			continue
		}
		c := call{dir: work, args: []string{p.pattern}}
		if p.dir != nil {
			dir, err := b.tree(p.dir...)
			if err != nil {
				return false, err
			}
			if p.goTree {
				c.args = []string{"-goroot=" + dir, p.pattern}
			} else {
				c.dir = dir
			}
		}
		all, err := b.measure(ctx, p.name, c)
		var cycles *outcome
		if err == nil {
			c.args = append([]string{"-kinds=cycle"}, c.args...)
			cycles, err = b.measure(ctx, p.name+" cycle", c)
		}
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
		s := &all.report.Stats
		rest := s.LoadSeconds + s.SSASeconds + s.CallgraphSeconds
		t.add(p.name, fmt.Sprint(s.Packages), fmt.Sprint(s.Functions), fmt.Sprint(s.Locks), fmt.Sprint(s.Edges),
			seconds(s.LoadSeconds), seconds(s.SSASeconds), seconds(s.CallgraphSeconds), seconds(s.LookSeconds), seconds(s.AnalysisSeconds),
			ratio(s.AnalysisSeconds, rest), ratio(s.LookSeconds+s.AnalysisSeconds, rest), ratio(s.AnalysisSeconds, cycles.report.Stats.AnalysisSeconds), seconds(all.seconds),
			fmt.Sprint(s.PeakBytes>>20), ratio(float64(s.PeakBytes), float64(s.BasePeakBytes)), byKind(all.report.Findings))
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
