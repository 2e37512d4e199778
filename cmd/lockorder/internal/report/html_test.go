package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lockorder/lockorder/lockorder"
)

// pageOf returns the page of r and its data.
func pageOf(t *testing.T, r *lockorder.Report, source func(string, int) string) (string, page) {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(&b, r, source); err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(b.String(), `<script id="data" type="application/json">`)
	if !ok {
		t.Fatal("no data in the page")
	}
	data, _, _ := strings.Cut(rest, "</script>")
	var p page
	if err := json.Unmarshal([]byte(data), &p); err != nil {
		t.Fatal(err)
	}
	return b.String(), p
}

// told writes a story in words, as the page shows it.
func told(p *page, w pageWitness) []string {
	lines := []string{p.Strings[w.Opening]}
	for _, i := range append([]int{w.Held}, w.Steps...) {
		s := p.Steps[i]
		lines = append(lines, fmt.Sprintf("%s %s:%d:%d %s | %s", p.Strings[s[0]], p.Strings[s[1]], s[2], s[3], p.Strings[s[4]], p.Strings[s[5]]))
	}
	return lines
}

func TestHTMLTellsTheStory(t *testing.T) {
	source := func(file string, line int) string { return fmt.Sprintf("\tline %d of %s", line, filepath.Base(file)) }
	_, p := pageOf(t, canned(go18()), source)
	got := told(&p, p.Findings[0].Goroutines[0].Story)
	want := []string{
		"runtime.injectglist holds runtime.sched.lock, taken at src/runtime/proc.go:2156:2",
		"injectglist src/runtime/proc.go:2156:2  | line 2156 of proc.go",
		"injectglist src/runtime/proc.go:2161:3 calls casgstatus | line 2161 of proc.go",
		"casgstatus src/runtime/proc.go:772:15 waits for runtime.gscan, which goroutine 2 holds | line 772 of proc.go",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	f := p.Findings[0]
	if f.Goroutines[1].Label != "scang" || f.Goroutines[1].Cut != "wakep" || len(f.Goroutines[1].Story.Cut) != 1 {
		t.Errorf("the cut is not in the second goroutine: %+v", f.Goroutines[1])
	}
	if e := p.Edges[f.Goroutines[0].Edge]; p.Locks[e.Held].Name != "runtime.sched.lock" || e.Count != 1 || len(e.Witnesses) != 1 {
		t.Errorf("edge of the first goroutine: %+v", e)
	}
}

// A leak takes nothing, and what must signal holds nothing: the page has their
// locks all the same.
func TestHTMLWithoutEdges(t *testing.T) {
	leak := lockorder.Finding{ID: "LO-1", Kind: lockorder.Leak, Locks: []string{"a.T.mu"},
		Edges: []lockorder.Edge{{Held: "a.T.mu", HeldMode: "lock", Function: "a.f"}}}
	wait := lockorder.Finding{ID: "LO-2", Kind: lockorder.Wait, Locks: []string{"a.T.mu", "a.T.wg"}, Edges: []lockorder.Edge{
		{Held: "a.T.mu", Acquired: "a.T.wg", Function: "a.f"}, {Held: "a.T.wg", HeldMode: "wait", Acquired: "a.T.mu", Function: "a.g"}}}
	r := canned(leak, wait)
	r.Graph = &lockorder.Graph{Locks: []lockorder.GraphLock{{Name: "a.T.mu"}}}
	_, p := pageOf(t, r, nil)
	var edges []int
	for _, f := range p.Findings {
		for _, g := range f.Goroutines {
			edges = append(edges, g.Edge)
		}
	}
	if diff := cmp.Diff([]int{0, 1, -1}, edges); diff != "" { // a wait comes before a leak
		t.Error(diff)
	}
	if len(p.Locks) != 2 || len(p.Edges) != 2 || p.Edges[0].Count != 0 {
		t.Errorf("locks %v, edges %v", p.Locks, p.Edges)
	}
	if _, p := pageOf(t, &lockorder.Report{}, nil); p.Locks == nil || p.Edges == nil || p.Findings == nil || p.Steps == nil {
		t.Error("null lists in the page of nothing")
	}
}

func TestDeclaredIn(t *testing.T) {
	for name, want := range map[string]declaration{
		"runtime.gscan":                 {"runtime", "", "gscan"},
		"runtime.sched.lock":            {"runtime", "sched", "sched.lock"},
		"net/http.Server.mu":            {"net/http", "Server", "Server.mu"},
		"(*net/http.Transport).dial.ch": {"net/http", "Transport", "(*Transport).dial.ch"},
		"gopkg.in/yaml.v3.parser.mu":    {"gopkg.in/yaml.v3", "parser", "parser.mu"},
		"x/y.Map[x/z.K, string].mu":     {"x/y", "Map[x/z.K, string]", "Map[x/z.K, string].mu"},
		"":                              {},
		"(*":                            {label: "(*"},
		"<b>.x":                         {label: "<b>.x"},
	} {
		if got := declaredIn(name); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}

// hostile is a report in which every string is an attack.
func hostile() (r *lockorder.Report, source func(string, int) string) {
	const evil = "</script><script>window.pwned=1</script><img src=x onerror=\"window.pwned=1\"><!--<script>\u2028{{script}}'\"&lt;"
	pos := lockorder.Pos{File: evil + ".go", Line: 1, Column: 1, Func: evil}
	edge := func(held, acquired string) lockorder.Edge {
		return lockorder.Edge{Held: held, HeldMode: evil, Acquired: acquired, AcquiredMode: evil, Function: evil, HeldAt: pos, AcquiredAt: pos,
			HeldPath: []lockorder.Frame{{Func: evil, Pos: pos, Via: evil}, {Func: evil + "2", Pos: pos, Via: evil}},
			Path:     []lockorder.Frame{{Func: evil, Pos: pos, Via: evil}, {Func: evil + "2", Pos: pos, Via: "call"}}, Gates: []string{evil}}
	}
	a, b := "evil/"+evil+".T.a", "evil/"+evil+".T.b"
	f := lockorder.Finding{ID: evil, Kind: evil, Confidence: evil, Reason: evil, Message: evil, Locks: []string{a, b}, Pos: pos,
		Edges: []lockorder.Edge{edge(a, b), edge(b, a)}, Cut: []lockorder.Cut{{Caller: evil, Callee: evil, Pos: pos, Breaks: 2, Of: 2}}, Also: [][]string{{evil}}}
	r = canned(f)
	r.Tool = lockorder.Tool{Name: evil, Version: evil}
	r.Graph = &lockorder.Graph{
		Locks: []lockorder.GraphLock{{Name: a, Sites: []lockorder.Pos{pos}}, {Name: b, Sites: []lockorder.Pos{pos}}},
		Edges: []lockorder.GraphEdge{{Held: a, Acquired: b, Count: 1, Witnesses: []lockorder.Edge{edge(a, b)}}},
	}
	return r, func(string, int) string { return evil }
}

// What the browser does with such a page is tested in TestPageHostile.
func TestHTMLEscapes(t *testing.T) {
	r, source := hostile()
	text, p := pageOf(t, r, source)
	plain, _ := pageOf(t, canned(go18()), nil)
	for _, tag := range []string{"<script", "</script", "<img", "<!--"} {
		if got, want := strings.Count(text, tag), strings.Count(plain, tag); got != want {
			t.Errorf("%d times %s in the page, %d in one without hostile names", got, tag, want)
		}
	}
	if !strings.Contains(p.Findings[0].Message, "<script>window.pwned=1</script>") {
		t.Errorf("the message is not as it was: %q", p.Findings[0].Message)
	}
}

// The committed page is the one that make page builds of the sources beside it.
func TestPageIsBuilt(t *testing.T) {
	names, err := filepath.Glob("page/src/*")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	sum := sha256.New()
	for _, name := range append(names, "page/build.mjs", "page/package-lock.json") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(sum, "%s\n%s", strings.TrimPrefix(filepath.ToSlash(name), "page/"), data)
	}
	if want := "// sources " + hex.EncodeToString(sum.Sum(nil)) + "\n"; !strings.HasPrefix(pageScript, want) {
		t.Error("page/dist was not built from page/src: run make page")
	}
	for _, part := range []string{pageScript, pageStyle} {
		if s := strings.ToLower(part); strings.Contains(s, "</script") || strings.Contains(s, "<!--") || strings.Contains(s, "</style") {
			t.Error("a part of the page would end its element")
		}
	}
	for _, name := range []string{"cytoscape", "@dagrejs/dagre", "@dagrejs/graphlib", "Permission is hereby granted"} {
		if !strings.Contains(pageScript, name) {
			t.Errorf("the page does not have the licence of its libraries: no %q", name)
		}
	}
}
