package lockorder_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lockorder/lockorder/lockorder"
	"github.com/lockorder/lockorder/lockorder/internal/lockgen"
)

// maxImprecise bounds the share of the edges reported that no path of the
// programs makes. It is measured, not chosen: lower it when the engine
// becomes better, and explain in the commit when it has to rise.
const maxImprecise = 0.02

var oneSeed = flag.Int("seed", -1, "TestGenerated: only the program of this seed")

// generatedGaps are the generated programs that the engine does not get right,
// and why. A gap is checked too: when it is closed, its line must go.
var generatedGaps = map[string]string{
	"gen/p212": "a lock that a callee leaks is told of as the leak, and what is taken after makes no edges",
	"gen/p217": "the same, of an attempt",
	"gen/p228": "the same, before a deferred call",
	"gen/p276": "an attempt cannot succeed on a lock that a caller holds; that what follows it then does not happen at all is not seen",
	"gen/p291": "the same, for another lock taken after the attempt",
}

// TestGenerated compares the engine with lockgen's oracle, which runs the
// programs: every edge that the oracle sees must be in the graph, and every
// relock reported must be one that it saw.
func TestGenerated(t *testing.T) {
	programs, batch := 300, 60
	if testing.Short() {
		programs = 60
	}
	var sum verdict
	var failed []*lockgen.Program
	truncated := 0
	start := 0
	if *oneSeed >= 0 {
		start, programs = *oneSeed, *oneSeed+1
	}
	for first := start; first < programs; first += batch {
		// A batch is one module, because it is loading that takes the time.
		var progs []*lockgen.Program
		for n := range min(batch, programs-first) {
			seed := uint64(first + n)
			progs = append(progs, lockgen.New(fmt.Sprintf("gen/p%03d", seed), lockgen.Seed(seed)))
		}
		report := analyse(t, progs)
		for _, p := range progs {
			b := lockgen.Observe(p)
			v := compare(p, b, report)
			if b.Truncated {
				truncated++
			}
			wrong := len(v.missing)+len(v.relocks) > 0
			if why, known := generatedGaps[p.Path]; known {
				if !wrong {
					t.Errorf("%s: the gap is closed; remove it: %s", p.Path, why)
				}
				v.missing, v.relocks = nil, nil
			} else if wrong {
				failed = append(failed, p)
			}
			sum.add(v)
		}
	}
	ratio := float64(len(sum.imprecise)) / float64(max(sum.reported, 1))
	t.Logf("%d programs (%d with more paths than were run): %d edges demanded, %d missing (%d in one mode only); %d reported, %d imprecise (%.1f%%); relocks of %d of %d locks found, %d false",
		programs, truncated, sum.demanded, len(sum.missing), sum.modes, sum.reported, len(sum.imprecise), 100*ratio,
		sum.relocksFound, sum.relocksSeen, len(sum.relocks))
	for _, s := range sum.imprecise[:min(30, len(sum.imprecise))] {
		t.Log("imprecise: ", s)
	}
	if ratio > maxImprecise {
		t.Errorf("%.1f%% of the edges reported are made by no path; at most %.1f%% were", 100*ratio, 100*maxImprecise)
	}
	for _, s := range append(sum.missing, sum.relocks...) {
		t.Error(s)
	}
	if len(failed) > 0 {
		// The smallest is the quickest to shrink and to understand.
		p := slices.MinFunc(failed, func(a, b *lockgen.Program) int { return a.Size() - b.Size() })
		show(t, minimise(t, p))
	}
}

// FuzzGenerated does the same for one program at a time.
func FuzzGenerated(f *testing.F) {
	f.Add([]byte{})
	f.Add(lockgen.Seed(1000))
	f.Fuzz(func(t *testing.T, seed []byte) {
		p := lockgen.New("gen/p", seed)
		v := compare(p, lockgen.Observe(p), analyse(t, []*lockgen.Program{p}))
		for _, s := range append(v.missing, v.relocks...) {
			t.Error(s)
		}
		if t.Failed() {
			show(t, minimise(t, p))
		}
	})
}

// analyse puts the programs into one module and runs the engine on it.
func analyse(t testing.TB, progs []*lockgen.Program) *lockorder.Report {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, data []byte) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", []byte("module gen\n\ngo 1.24\n"))
	for _, p := range progs {
		write(strings.TrimPrefix(p.Path, "gen/")+"/p.go", p.Source())
	}
	r, err := lockorder.Run(context.Background(), lockorder.Config{
		Dir: dir, Graph: true, Kinds: []lockorder.Kind{lockorder.Relock},
		Env: append(os.Environ(), "GOWORK=off", "GOFLAGS="),
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.Graph == nil {
		t.Fatal("the report has no graph")
	}
	return r
}

// A verdict is how a report and the oracle differ on a program.
type verdict struct {
	missing   []string // edges that the report lacks
	relocks   []string // relocks that never happen
	imprecise []string // edges that never happen

	demanded, reported        int // edges between different classes
	modes                     int // edges found, but with no witness in the mode demanded
	relocksSeen, relocksFound int // lock classes that the oracle relocks; reported ones
}

func (v *verdict) add(w verdict) {
	v.missing = append(v.missing, w.missing...)
	v.relocks = append(v.relocks, w.relocks...)
	v.imprecise = append(v.imprecise, w.imprecise...)
	v.demanded += w.demanded
	v.reported += w.reported
	v.modes += w.modes
	v.relocksSeen += w.relocksSeen
	v.relocksFound += w.relocksFound
}

// compare reads off the report what it says of p's package. Edges are compared
// by class, modes apart, and only between different classes: whether two
// instances of one class differ is a matter of the peers and relock kinds.
func compare(p *lockgen.Program, b *lockgen.Behaviour, r *lockorder.Report) verdict {
	var v verdict
	type pair struct{ held, acquired string }
	allowed := map[pair]bool{}
	for e := range b.Allowed {
		allowed[pair{e.Held, e.Acquired}] = true
	}
	reported := map[pair]lockorder.GraphEdge{}
	for _, e := range r.Graph.Edges {
		k := pair{e.Held, e.Acquired}
		if !strings.HasPrefix(e.Held, p.Path+".") || e.Held == e.Acquired {
			continue
		}
		if old, ok := reported[k]; ok {
			e.Witnesses = append(e.Witnesses, old.Witnesses...)
		} else {
			v.reported++
		}
		reported[k] = e
		if !allowed[k] && !b.Truncated {
			s := fmt.Sprintf("%s → %s", e.Held, e.Acquired)
			if len(e.Witnesses) > 0 {
				w := e.Witnesses[0]
				s += fmt.Sprintf(" in %s, held %v, acquired %v", w.Function, w.HeldAt, w.AcquiredAt)
			}
			v.imprecise = append(v.imprecise, s)
		}
	}
	missing := map[pair]string{}
	demanded := map[pair]bool{}
	for e, how := range b.Edges {
		k := pair{e.Held, e.Acquired}
		if e.Held == e.Acquired {
			continue
		}
		demanded[k] = true
		g, ok := reported[k]
		switch {
		case !ok:
			// Of several ways to make the edge, always name the same.
			if old, ok := missing[k]; !ok || how < old {
				missing[k] = how
			}
		case !slices.ContainsFunc(g.Witnesses, func(w lockorder.Edge) bool {
			return w.HeldMode == e.HeldMode && w.AcquiredMode == e.AcquiredMode
		}):
			v.modes++
		}
	}
	v.demanded = len(demanded)
	for k, how := range missing {
		v.missing = append(v.missing, fmt.Sprintf("missing: %s → %s (%s)", k.held, k.acquired, how))
	}
	slices.Sort(v.missing)
	compareRelocks(&v, p, b, r)
	return v
}

func compareRelocks(v *verdict, p *lockgen.Program, b *lockgen.Behaviour, r *lockorder.Report) {
	seen, found := map[string]bool{}, map[string]bool{}
	for k := range b.Relocks {
		seen[k.Class] = true
	}
	for _, f := range r.Findings {
		if f.Kind != lockorder.Relock || len(f.Locks) == 0 || !strings.HasPrefix(f.Locks[0], p.Path+".") {
			continue
		}
		class := f.Locks[0]
		found[class] = found[class] || seen[class]
		// A report may blame any function of the chain.
		funcs := []string{f.Pos.Func}
		for _, e := range f.Edges {
			funcs = append(funcs, e.Function)
		}
		ok := slices.ContainsFunc(funcs, func(name string) bool {
			name, _, _ = strings.Cut(name, "$") // closures count as the function around them
			return b.Relocks[lockgen.Relock{Class: class, Func: name}]
		})
		if !ok && !b.Truncated {
			v.relocks = append(v.relocks, fmt.Sprintf("false relock: %s in %s: %s (%v)", class, strings.Join(funcs, ", "), f.Message, f.Pos))
		}
	}
	v.relocksSeen, v.relocksFound = len(seen), len(found)
}

// minimise deletes statements and functions while the report stays as wrong:
// all the deletions of a round are packages of one module.
func minimise(t testing.TB, p *lockgen.Program) *lockgen.Program {
	t.Helper()
	wrong := func(p *lockgen.Program, r *lockorder.Report) (missing, relocks bool) {
		v := compare(p, lockgen.Observe(p), r)
		return len(v.missing) > 0, len(v.relocks) > 0
	}
	missing, relocks := wrong(p, analyse(t, []*lockgen.Program{p}))
	if !missing && !relocks {
		t.Logf("%s is right when analysed alone", p.Path)
		return p
	}
	for range 40 {
		smaller := p.Smaller("gen/q")
		if len(smaller) == 0 {
			return p
		}
		report := analyse(t, smaller)
		n := slices.IndexFunc(smaller, func(q *lockgen.Program) bool {
			m, r := wrong(q, report)
			return missing && m || !missing && r
		})
		if n < 0 {
			return p
		}
		p = smaller[n]
	}
	return p
}

// show prints a program, and what the oracle and the engine say of it.
func show(t testing.TB, p *lockgen.Program) {
	t.Helper()
	b := lockgen.Observe(p)
	r := analyse(t, []*lockgen.Program{p})
	v := compare(p, b, r)
	var edges []string
	for _, e := range r.Graph.Edges {
		edges = append(edges, fmt.Sprintf("%s → %s", e.Held, e.Acquired))
	}
	t.Logf("minimised:\n%s\n%s\noracle: %v\nengine: %v", p.Source(),
		strings.Join(append(v.missing, v.relocks...), "\n"), slices.Sorted(maps.Values(b.Edges)), edges)
}

// TestCompare checks the comparison itself, against reports that are right
// and reports that are wrong in one thing.
func TestCompare(t *testing.T) {
	p := lockgen.New("gen/p", lockgen.Seed(4))
	b := lockgen.Observe(p)
	right := func() *lockorder.Report {
		r := &lockorder.Report{Graph: &lockorder.Graph{}}
		for e := range b.Edges {
			r.Graph.Edges = append(r.Graph.Edges, lockorder.GraphEdge{
				Held: e.Held, Acquired: e.Acquired, Witnesses: []lockorder.Edge{{HeldMode: e.HeldMode, AcquiredMode: e.AcquiredMode}}})
		}
		return r
	}
	if v := compare(p, b, right()); len(v.missing)+len(v.relocks)+len(v.imprecise) > 0 || v.demanded == 0 {
		t.Errorf("a right report: %+v", v)
	}
	r := right()
	gone := slices.IndexFunc(r.Graph.Edges, func(e lockorder.GraphEdge) bool { return e.Held != e.Acquired })
	lost := r.Graph.Edges[gone]
	r.Graph.Edges = slices.DeleteFunc(r.Graph.Edges, func(e lockorder.GraphEdge) bool {
		return e.Held == lost.Held && e.Acquired == lost.Acquired
	})
	if v := compare(p, b, r); len(v.missing) != 1 {
		t.Errorf("an edge less: missing %v", v.missing)
	}
	r = right()
	r.Graph.Edges = append(r.Graph.Edges, lockorder.GraphEdge{Held: "gen/p.T0.a", Acquired: "gen/p.T9.z"})
	if v := compare(p, b, r); len(v.imprecise) != 1 {
		t.Errorf("an edge more: imprecise %v", v.imprecise)
	}
	r = right()
	r.Findings = []lockorder.Finding{{Kind: lockorder.Relock, Locks: []string{"gen/p.T9.z"}, Pos: lockorder.Pos{Func: "gen/p.F"}}}
	if v := compare(p, b, r); len(v.relocks) != 1 {
		t.Errorf("a relock more: %v", v.relocks)
	}
}
