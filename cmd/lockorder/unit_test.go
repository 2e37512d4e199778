package main

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/unitchecker"
)

// asTool makes the test binary the command itself, for tests that run it in
// processes of its own.
const asTool = "LOCKORDER_TEST_AS_TOOL"

// A listed package is what go list tells that a build system needs to know.
type listed struct {
	ImportPath, Dir string
	Standard        bool
	GoFiles         []string
	Imports         []string
	ImportMap       map[string]string
}

// TestUnits runs units as Bazel's nogo does: each in a process of its own, with
// nothing but files between them, in an order that the imports allow. Another
// such order gives the same bytes, and the same findings; so do units of which
// the report is read as well, where the first wanted facts alone.
func TestUnits(t *testing.T) {
	pkgs := list(t, filepath.Join("..", "..", "testdata", "src"), "./cross_siblings", "./cross_interface_param")
	last := func(ready []string) string { return slices.Max(ready) }
	first := func(ready []string) string { return slices.Min(ready) }
	out1, facts1 := runUnits(t, pkgs, first, func(p *listed) bool { return p.Standard })
	out2, facts2 := runUnits(t, pkgs, last, func(p *listed) bool { return false })
	for _, path := range slices.Sorted(maps.Keys(facts1)) {
		if !bytes.Equal(facts1[path], facts2[path]) {
			t.Errorf("%s: the facts differ by the order of the units", path)
		}
	}
	if out1 != out2 {
		t.Errorf("the findings differ by the order of the units:\n%s\n%s", out1, out2)
	}
	for _, want := range []string{"Index.mu → ", "locks.A → locks.B"} {
		if n := strings.Count(out1, want); n != 1 {
			t.Errorf("%d findings with %q, want 1:\n%s", n, want, out1)
		}
	}
}

func list(t *testing.T, dir string, patterns ...string) map[string]*listed {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-deps", "-json=ImportPath,Dir,Standard,GoFiles,Imports,ImportMap"}, patterns...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	pkgs := make(map[string]*listed)
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		p := new(listed)
		if err := d.Decode(p); err == io.EOF {
			return pkgs
		} else if err != nil {
			t.Fatal(err)
		}
		if p.ImportPath != "unsafe" {
			pkgs[p.ImportPath] = p
		}
	}
}

// runUnits analyses all packages, of those that are ready the one that is
// picked, and of some the facts alone. It returns what the units print that are
// not of the standard library, and the files that all write.
func runUnits(t *testing.T, pkgs map[string]*listed, pick func([]string) string, factsOnly func(*listed) bool) (string, map[string][]byte) {
	t.Helper()
	dir := t.TempDir()
	facts, prints := make(map[string][]byte), make(map[string]string)
	vetx := func(path string) string { return filepath.Join(dir, strings.ReplaceAll(path, "/", "_")+".vetx") }
	for len(facts) < len(pkgs) {
		var ready []string
		for path, p := range pkgs {
			waits := slices.ContainsFunc(p.Imports, func(q string) bool { return q != "unsafe" && q != "C" && facts[q] == nil })
			if facts[path] == nil && !waits {
				ready = append(ready, path)
			}
		}
		p := pkgs[pick(ready)]
		c := unitchecker.Config{
			ID: p.ImportPath, Compiler: "gc", Dir: p.Dir, ImportPath: p.ImportPath, GoVersion: "go1.26",
			ImportMap: make(map[string]string), PackageVetx: make(map[string]string), Standard: make(map[string]bool),
			VetxOnly: factsOnly(p), VetxOutput: vetx(p.ImportPath),
		}
		for _, f := range p.GoFiles {
			c.GoFiles = append(c.GoFiles, filepath.Join(p.Dir, f))
		}
		for _, q := range p.Imports {
			c.ImportMap[q] = q
			if q != "unsafe" {
				c.PackageVetx[q] = vetx(q)
			}
		}
		for from, to := range p.ImportMap {
			c.ImportMap[from] = to
		}
		if out := runUnit(t, dir, &c); !p.Standard {
			prints[p.ImportPath] = out
		}
		data, err := os.ReadFile(c.VetxOutput)
		if err != nil {
			t.Fatal(err)
		}
		facts[p.ImportPath] = data
	}
	var out strings.Builder
	for _, path := range slices.Sorted(maps.Keys(prints)) {
		out.WriteString(prints[path])
	}
	return out.String(), facts
}

func runUnit(t *testing.T, dir string, c *unitchecker.Config) string {
	t.Helper()
	file := filepath.Join(dir, "vet.cfg")
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	tool, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(tool, file)
	cmd.Env = append(os.Environ(), asTool+"=1")
	cmd.Dir = c.Dir
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil && !strings.Contains(out.String(), "[LO-") {
		t.Fatalf("%s: %v\n%s", c.ImportPath, err, out.String())
	}
	return out.String()
}
