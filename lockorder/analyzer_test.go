package lockorder_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/lockorder/lockorder/lockorder"
)

var findingID = regexp.MustCompile(`\[(LO-[0-9a-f]+)\]`)

// TestAnalyzerFindsTheSame analyses testdata/src a package at a time, and wants
// the findings that the whole program has, by their ids, but in the programs of
// wholeOnly.
func TestAnalyzerFindsTheSame(t *testing.T) {
	src, err := filepath.Abs(filepath.Join("..", "testdata", "src"))
	if err != nil {
		t.Fatal(err)
	}
	report, err := lockorder.Run(t.Context(), lockorder.Config{Dir: src, Patterns: []string{"./..."}})
	if err != nil {
		t.Fatal(err)
	}
	whole, vet := make(map[string]map[string]bool), make(map[string]map[string]bool)
	add := func(to map[string]map[string]bool, program, text string) {
		if to[program] == nil {
			to[program] = make(map[string]bool)
		}
		to[program][text] = true
	}
	for _, f := range report.Findings {
		add(whole, locate(src, f).program, f.ID+" "+string(f.Kind)+" "+strings.Join(f.Locks, " "))
	}
	ids := make(map[string]string)
	for _, fs := range whole {
		for f := range fs {
			id, _, _ := strings.Cut(f, " ")
			ids[id] = f
		}
	}
	for _, d := range vetDiagnostics(t, src, "./...") {
		m := findingID.FindStringSubmatch(d.Message)
		if m == nil {
			t.Errorf("%s: no finding: %s", d.pkg, d.Message)
			continue
		}
		text := ids[m[1]]
		if text == "" {
			text = m[1] + " " + d.Category + ": " + d.Message
		}
		program, _, _ := strings.Cut(strings.TrimPrefix(d.pkg, testdataModule+"/"), "/")
		if vet[program][text] {
			t.Errorf("%s: told twice: %s", d.pkg, d.Message)
		}
		add(vet, program, text)
	}
	programs := make(map[string]bool)
	for p := range whole {
		programs[p] = true
	}
	for p := range vet {
		programs[p] = true
	}
	for _, p := range slices.Sorted(maps.Keys(programs)) {
		if reason, differs := wholeOnly[p]; differs {
			if maps.Equal(whole[p], vet[p]) {
				t.Errorf("%s: the same in both, although %s", p, reason)
			}
			continue
		}
		if !maps.Equal(whole[p], vet[p]) {
			t.Errorf("%s:\nwhole program %s\ngo vet        %s", p,
				shorten(strings.Join(slices.Sorted(maps.Keys(whole[p])), "\n              ")),
				shorten(strings.Join(slices.Sorted(maps.Keys(vet[p])), "\n              ")))
		}
	}
}

// wholeOnly are the programs that the whole program alone judges right, and why.
var wholeOnly = map[string]string{
	"closed_handle":        noHandles,
	"closed_handle_failed": noHandles,
	"closed_handle_one":    noHandles,
}

const noHandles = "a unit does not take handles to be open: who keeps them imports it"

type diagnostic struct {
	analysis.Diagnostic
	pkg string
}

// vetDiagnostics runs the analyzer over packages and all that they import,
// checking that facts survive their encoding.
func vetDiagnostics(t *testing.T, dir string, patterns ...string) []diagnostic {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: dir}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 {
		t.Fatal("the packages have errors")
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{lockorder.Analyzer}, pkgs, &checker.Options{SanityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	var out []diagnostic
	for act := range graph.All() {
		if act.Err != nil {
			t.Errorf("%s: %v", act.Package.PkgPath, act.Err)
		}
		if !act.IsRoot {
			continue
		}
		for _, d := range act.Diagnostics {
			out = append(out, diagnostic{d, act.Package.PkgPath})
		}
	}
	slices.SortFunc(out, func(a, b diagnostic) int { return strings.Compare(a.pkg+a.Message, b.pkg+b.Message) })
	return out
}

// factBytes caps the facts of some packages of the standard library: half as
// much again as when the cap was set. What makes them grow costs all who import
// them, directly or not.
var factBytes = map[string]int{
	"context":       4000,
	"os":            6500,
	"log":           4000,
	"encoding/json": 5500,
	"net":           28000, // its waits were not told of before
	"testing":       31000,
}

func TestFactsStaySmall(t *testing.T) {
	sizes := make(map[string]int)
	paths := slices.Sorted(maps.Keys(factBytes))
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax}, paths...)
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{lockorder.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for act := range graph.All() {
		if act.Err != nil {
			t.Errorf("%s: %v", act.Package.PkgPath, act.Err)
		}
		for _, f := range act.AllPackageFacts() {
			var n int
			if _, err := fmt.Sscanf(fmt.Sprint(f.Fact), "lockorder:%d bytes", &n); err != nil {
				t.Fatalf("%s: %v: %v", f.Package.Path(), f.Fact, err)
			}
			sizes[f.Package.Path()] = n
		}
	}
	for _, path := range paths {
		if n := sizes[path]; n == 0 || n > factBytes[path] {
			t.Errorf("%s: %d bytes of facts, want some, and %d at most", path, n, factBytes[path])
		}
	}
}
