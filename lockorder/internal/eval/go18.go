package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// The deadlock of golang.org/issue/19112, in the Go trees before and after its
// fix: injectglist holds sched.lock and waits in casgstatus for the scan bit;
// who set the bit goes down the other chain, to startm, which wants sched.lock.
// scang and newstack set it, and go the same way from there. casgstatus itself
// is a wait of the models, so that its call may be the end of the first chain.
var (
	go18Locks  = []string{"runtime.sched.lock", "runtime.gscan"}
	go18Chains = [][]string{
		{"injectglist"},
		{"scang|newstack", "scanstack", "gentraceback", "scanstack$1", "scanframeworker", "scanblock",
			"greyobject", "gcWork.put", "enlistWorker", "wakep", "startm"},
	}
	go18Cut = lockorder.Cut{Caller: "enlistWorker", Callee: "wakep", Pos: lockorder.Pos{File: "runtime/mgc.go", Line: 632}}
)

const (
	go18MaxCycles = 3  // findings before the fix: the cycle and what leans on it
	go18MinEdges  = 60 // of the graph after the fix: silent, but not for want of locks
)

// go18Trees are the trees, the release branch first. The line of the cut is
// known on the release branch only.
var go18Trees = []struct {
	name   string
	before bool
	line   bool
}{
	{"go-before", true, true},
	{"go-after", false, false},
	{"go-mbefore", true, false},
	{"go-mafter", false, false},
}

// A check is one thing to hold of a report, with what was seen.
type check struct {
	what string
	ok   bool
	seen string
}

// go18 measures the tool on the runtime that started it.
func go18(ctx context.Context, b *bench) (bool, error) {
	// The tree is no module of ours: run beside everything.
	work, err := os.MkdirTemp("", "lockorder-go18-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(work)
	t := newTable("tree", "seconds", "check", "verdict", "seen")
	failed, total := 0, 0
	for _, tree := range go18Trees {
		if !b.wants(tree.name) {
			continue
		}
		dir, err := b.tree(tree.name)
		if err != nil {
			return false, err
		}
		o, err := b.measure(ctx, tree.name, call{dir: work, args: []string{"-graph", "-goroot", dir, "runtime"}})
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if err != nil {
			total, failed = total+1, failed+1
			t.add(tree.name, "", "is analysed", "FAILED", brief(err))
			continue
		}
		checks := judgeAfter(o)
		if tree.before {
			checks = judgeBefore(o, tree.line)
		}
		for _, c := range checks {
			mark := "ok"
			total++
			if !c.ok {
				mark, failed = "FAILED", failed+1
			}
			t.add(tree.name, fmt.Sprintf("%.1f", o.seconds), c.what, mark, c.seen)
		}
	}
	fmt.Fprintf(b.out, "## The Go 1.8 runtime (golang.org/issue/19112)\n\n")
	t.print(b.out)
	acceptance(b.out, "go18", failed == 0, fmt.Sprintf("%d of %d checks hold", total-failed, total))
	return failed == 0, nil
}

// judgeBefore checks the report of a tree with the deadlock. exactLine asks for
// the line of the cut too.
func judgeBefore(o *outcome, exactLine bool) []check {
	var cycles int
	var found *lockorder.Finding
	for i := range o.report.Findings {
		f := &o.report.Findings[i]
		if f.Kind != lockorder.Cycle {
			continue
		}
		cycles++
		if found == nil && len(f.Locks) == len(go18Locks) && names(f, go18Locks, sameLock) {
			found = f
		}
	}
	checks := []check{
		{fmt.Sprintf("at most %d cycles", go18MaxCycles), cycles <= go18MaxCycles, fmt.Sprintf("%d; all: %s", cycles, byKind(o.report.Findings))},
		{"a cycle of " + code(strings.Join(go18Locks, " ")) + " alone", found != nil, "none; the graph: " + go18Edges(o)},
	}
	if found == nil {
		return checks
	}
	checks[1].seen = found.ID + ", " + string(found.Confidence)
	for _, chain := range go18Chains {
		c := check{what: "an edge goes " + code(strings.Join(chain, " > ")), seen: "no edge does"}
		for i := range found.Edges {
			fs := chainOf(&found.Edges[i])
			if inOrder(fs, chain) {
				c.ok, c.seen = true, fmt.Sprintf("%d functions", len(fs))
				break
			}
			c.seen += "; " + code(strings.Join(fs, " > "))
		}
		checks = append(checks, c)
	}
	return append(checks, judgeCut(o, found, exactLine))
}

// judgeCut checks that the named cut is among the finding's.
func judgeCut(o *outcome, f *lockorder.Finding, exactLine bool) check {
	want := fmt.Sprintf("%s calling %s in %s", go18Cut.Caller, go18Cut.Callee, go18Cut.Pos.File)
	if exactLine {
		want += fmt.Sprintf(":%d", go18Cut.Pos.Line)
	}
	c := check{what: "the cut names " + want, seen: "no cut"}
	for i, cut := range f.Cut {
		seen := fmt.Sprintf("%s calling %s, %s:%d, cuts %d of %d, number %d", plain(cut.Caller), plain(cut.Callee),
			cut.Pos.File, cut.Pos.Line, cut.Breaks, cut.Of, i+1)
		if isFunc(cut.Caller, go18Cut.Caller) && isFunc(cut.Callee, go18Cut.Callee) &&
			strings.HasSuffix(o.absolute(cut.Pos), "/"+go18Cut.Pos.File) && (!exactLine || cut.Pos.Line == go18Cut.Pos.Line) {
			c.ok, c.seen = true, seen
			return c
		}
		if i == 0 {
			c.seen = "first: " + seen
		}
	}
	return c
}

// judgeAfter checks the report of a tree with the fix: silent, and not for want
// of something to say.
func judgeAfter(o *outcome) []check {
	seen := byKind(o.report.Findings)
	for i := range o.report.Findings {
		f := &o.report.Findings[i]
		seen += fmt.Sprintf("; %s %s", f.Kind, code(shortLocks(f)))
	}
	edges := 0
	if o.report.Graph != nil {
		edges = len(o.report.Graph.Edges)
	}
	return []check{
		{"no finding", len(o.report.Findings) == 0, seen},
		{fmt.Sprintf("the graph has %d edges", go18MinEdges), edges >= go18MinEdges, fmt.Sprint(edges)},
	}
}

// go18Edges says which of the cycle's two edges the graph has.
func go18Edges(o *outcome) string {
	if o.report.Graph == nil {
		return "not in the report"
	}
	var parts []string
	for _, p := range [][2]string{{go18Locks[0], go18Locks[1]}, {go18Locks[1], go18Locks[0]}} {
		i := slices.IndexFunc(o.report.Graph.Edges, func(e lockorder.GraphEdge) bool { return e.Held == p[0] && e.Acquired == p[1] })
		count := 0
		if i >= 0 {
			count = o.report.Graph.Edges[i].Count
		}
		parts = append(parts, fmt.Sprintf("%s at %d places", code(p[0]+" -> "+p[1]), count))
	}
	return strings.Join(parts, ", ")
}

// chainOf lists the functions of an edge from the holder to the acquisition.
func chainOf(e *lockorder.Edge) []string {
	fs := []string{plain(e.Function)}
	for _, frame := range e.Path {
		fs = append(fs, plain(frame.Func))
	}
	return slices.Compact(append(fs, plain(e.AcquiredAt.Func)))
}

// inOrder says whether the functions of chain, where a|b is either, are among
// fs in that order.
func inOrder(fs, chain []string) bool {
	for _, f := range fs {
		is := func(want string) bool { return isFunc(f, want) }
		if len(chain) > 0 && slices.ContainsFunc(strings.Split(chain[0], "|"), is) {
			chain = chain[1:]
		}
	}
	return len(chain) == 0
}
