package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lockorder/lockorder/lockorder"
)

func textOf(t *testing.T, r *lockorder.Report, o TextOptions) string {
	t.Helper()
	var b strings.Builder
	if err := Text(&b, r, o); err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(b.String(), "\n") {
		if strings.TrimRight(line, " ") != line {
			t.Errorf("line %d ends in blanks: %q", i+1, line)
		}
	}
	return b.String()
}

func TestTextOfGo18(t *testing.T) {
	source := func(file string, line int) string {
		return map[string]string{
			"src/runtime/proc.go:2156": "\tlock(&sched.lock)\n",
			"src/runtime/proc.go:772":  "\tfor i := 0; !atomic.Cas(&gp.atomicstatus, oldval, newval); i++ {",
			"src/runtime/proc.go:736":  "\t\t\treturn atomic.Cas(&gp.atomicstatus, oldval, newval)",
			"src/runtime/proc.go:1675": "\tlock(&sched.lock)",
		}[fmt.Sprintf("%s:%d", file, line)]
	}
	golden(t, "go18.txt", textOf(t, canned(go18()), TextOptions{Source: source}))
	golden(t, "go18_verbose.txt", textOf(t, canned(go18()), TextOptions{Verbose: true, Source: func(file string, line int) string {
		return map[int]string{2155: "\t\tif x {", 2156: "\t\t\tlock(&sched.lock)\r", 2158: "\t\t\t\ty()"}[line]
	}}))
	golden(t, "go18_narrow.txt", textOf(t, canned(go18()), TextOptions{Columns: 80, Width: 80, Time: true, Source: source}))
	golden(t, "go18_color.txt", textOf(t, canned(go18()), TextOptions{Color: true, Width: 60, Source: source}))
}

// mutex is an edge of package example.com/app, all in file app.go.
func mutex(held, heldMode, acquired, acquiredMode, fn string, line int) lockorder.Edge {
	pos := func(line int) lockorder.Pos {
		return lockorder.Pos{File: "app.go", Line: line, Column: 2, Func: "example.com/app." + fn}
	}
	return lockorder.Edge{
		Held: held, HeldMode: heldMode, Acquired: acquired, AcquiredMode: acquiredMode,
		Function: "example.com/app." + fn, HeldAt: pos(line), AcquiredAt: pos(line + 1),
	}
}

// Each kind tells its story in its own words.
func TestTextOfKinds(t *testing.T) {
	const mu, rw, wg = "example.com/app.T.mu", "example.com/app.T.rw", "example.com/app.T.wg"
	finding := func(kind lockorder.Kind, edges ...lockorder.Edge) lockorder.Finding {
		return lockorder.Finding{
			ID: "LO-" + string(kind), Kind: kind, Confidence: lockorder.Medium, Reason: "it is canned",
			Message: mu + " of " + string(kind), Locks: []string{mu}, Pos: edges[0].AcquiredAt, Edges: edges,
		}
	}
	gated := mutex(mu, "lock", "example.com/app.A", "lock", "against", 70)
	gated.Gates = []string{"example.com/app.gate"}
	r := canned(
		// Not in the order of kinds: the text groups them.
		finding(lockorder.Leak, mutex(mu, "lock", "", "", "leak", 60)),
		finding(lockorder.Relock, mutex(mu, "lock", mu, "lock", "relock", 10)),
		finding(lockorder.RLock, mutex(rw, "rlock", rw, "rlock", "rlock", 20)),
		finding(lockorder.Peers, mutex(mu, "lock", mu, "lock", "transfer", 30)),
		finding(lockorder.Wait, mutex(mu, "lock", wg, "wait", "(*T).close", 40), mutex(wg, "wait", mu, "lock", "(*T).work", 50)),
		finding(lockorder.Order, gated),
	)
	r.NotAnalysed = []string{"example.com/app/cgo: it is C"}
	r.Stats.Bounded = map[string]int{"paths joined": 3, "contexts merged": 1}
	r.Suppressed = []lockorder.Suppressed{{By: "baseline"}, {By: "baseline"}, {By: "comment"}}
	golden(t, "kinds.txt", textOf(t, r, TextOptions{}))
}

func TestTextWithoutFindings(t *testing.T) {
	r := canned()
	if got, want := textOf(t, r, TextOptions{}), "no findings: 40 locks, 61 edges in 12 packages\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	r.Suppressed = []lockorder.Suppressed{{By: "baseline"}, {By: "baseline"}, {By: "baseline"}}
	r.Stats.Locks, r.Stats.Edges, r.Stats.Packages = 1, 0, 1
	if got, want := textOf(t, r, TextOptions{}), "no findings (known to the baseline 3): 1 lock, 0 edges in 1 package\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A file name, or a line of source, must not speak to the terminal.
func TestTextIsClean(t *testing.T) {
	f := go18()
	f.Pos.File = "a\x1b[31m\nb.go"
	f.Edges[0].HeldAt.File = "\r.go"
	got := textOf(t, canned(f), TextOptions{Source: func(string, int) string { return "x\x1b]0;title\a" }})
	if strings.ContainsAny(got, "\x1b\r\a") {
		t.Errorf("control characters in %q", got)
	}
}

// An engine newer than this package, or one that leaves all out that may be
// left out, gets a report and no panic.
func TestTextOfStrangeFinding(t *testing.T) {
	f := lockorder.Finding{ID: "LO-0", Kind: "strange", Confidence: "odd", Message: "m",
		Edges: []lockorder.Edge{{Held: "a", Acquired: "b", HeldMode: "grips", AcquiredMode: "grabs"}, {}}}
	got := textOf(t, canned(f), TextOptions{})
	for _, want := range []string{":0:0: strange: m [odd] (LO-0)\n", " grips a\n", "grabs b\n", "1 finding (strange 1): "} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
}

func TestFoldKeepsEndsAndCut(t *testing.T) {
	steps := func(n, cut int) []step {
		list := make([]step, n)
		for i := range list {
			list[i] = step{fn: fmt.Sprint(i), cut: i == cut}
		}
		return list
	}
	for _, c := range []struct {
		n, cut  int
		verbose bool
		want    string
	}{
		{14, -1, false, "0 1 2 3 4 5 6 7 8 9 10 11 12 13"},
		{15, -1, false, "0 1 2 3 4 5 (3) 9 10 11 12 13 14"},
		{15, -1, true, "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14"},
		{20, 10, false, "0 1 2 3 4 5 (4) 10 (3) 14 15 16 17 18 19"},
		{20, 7, false, "0 1 2 3 4 5 6 7 (6) 14 15 16 17 18 19"}, // one step is no fold
		{20, 2, false, "0 1 2 3 4 5 (8) 14 15 16 17 18 19"},
	} {
		var got []string
		for _, r := range fold(steps(c.n, c.cut), c.verbose) {
			if r.folded > 0 {
				got = append(got, fmt.Sprintf("(%d)", r.folded))
			} else {
				got = append(got, r.fn)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%d steps, cut %d, verbose %t: %s, want %s", c.n, c.cut, c.verbose, s, c.want)
		}
	}
}
