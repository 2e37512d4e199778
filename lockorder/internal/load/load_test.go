package load

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/txtar"
)

// write unpacks a txtar archive into a new folder and returns that.
func write(t *testing.T, archive string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func ids(pkgs []*packages.Package) []string {
	var ids []string
	for _, pkg := range pkgs {
		ids = append(ids, pkg.ID)
	}
	return ids
}

// goroot returns the tree of the installed go command.
func goroot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// cleanTemp gives the test a folder for temporary files that must be empty
// at its end.
func cleanTemp(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	t.Cleanup(func() {
		if left, _ := filepath.Glob(filepath.Join(tmp, "lockorder*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}

const twoPackages = `
-- go.mod --
module m
go 1.24
-- a/a.go --
package a
import "m/b"
var X = b.Y
-- a/a_test.go --
package a
import "testing"
func TestX(t *testing.T) {}
-- a/x_test.go --
package a_test
import ("m/a"; "testing")
func TestY(t *testing.T) { _ = a.X }
-- b/b.go --
package b
var Y, Z = 1, 2
-- b/b_tagged.go --
//go:build tagged
package b
const Tagged = true
`

func TestPackages(t *testing.T) {
	workspace := write(t, `
-- go.work --
go 1.24
use ./one
use ./two
-- one/go.mod --
module one
go 1.24
-- one/one.go --
package one
import "two"
var X = two.Y
-- two/go.mod --
module two
go 1.24
-- two/two.go --
package two
var Y = 1
`)
	module := write(t, twoPackages)
	for _, test := range []struct {
		name    string
		config  Config
		initial []string
	}{
		{"default_is_all", Config{Dir: module}, []string{"m/a", "m/b"}},
		{"below_the_module", Config{Dir: filepath.Join(module, "a")}, []string{"m/a"}},
		{"std", Config{Dir: module, Patterns: []string{"errors"}}, []string{"errors"}},
		{"unsafe", Config{Dir: module, Patterns: []string{"unsafe"}}, []string{"unsafe"}},
		{"duplicate_patterns", Config{Dir: module, Patterns: []string{"m/b", "./b", "m/b/..."}}, []string{"m/b"}},
		{"test_variants_stand_for_their_packages", Config{Dir: module, Tests: true},
			[]string{"m/a [m/a.test]", "m/a_test [m/a.test]", "m/b"}},
		{"workspace", Config{Dir: workspace, Patterns: []string{"./one", "./two"}}, []string{"one", "two"}},
		{"workspace_below_a_module", Config{Dir: filepath.Join(workspace, "two"), Patterns: []string{"one", "two"}}, []string{"one", "two"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, err := Packages(t.Context(), test.config)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.initial, ids(p.Initial)); diff != "" {
				t.Errorf("initial packages (-want +got):\n%s", diff)
			}
			p.BuildSSA()
			for i, pkg := range p.All {
				if p.SSAPackage(pkg) == nil {
					t.Errorf("%s has no SSA", pkg.ID)
				}
				for _, imp := range pkg.Imports {
					if !slices.Contains(p.All[:i], imp) {
						t.Errorf("%s stands before %s, which it imports", pkg.ID, imp.ID)
					}
				}
			}
		})
	}
}

func TestTags(t *testing.T) {
	dir := write(t, twoPackages)
	for _, test := range []struct {
		config Config
		want   bool
	}{
		{Config{}, false},
		{Config{Tags: "other,tagged"}, true},
		{Config{Env: append(os.Environ(), "GOFLAGS=-tags=tagged")}, true},
		{Config{Env: append(os.Environ(), "GOFLAGS=-tags=tagged"), GOROOT: goroot(t)}, true},
	} {
		test.config.Dir, test.config.Patterns = dir, []string{"./b"}
		p, err := Packages(t.Context(), test.config)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Initial[0].Types.Scope().Lookup("Tagged") != nil; got != test.want {
			t.Errorf("%+v: tagged file read: %t", test.config, got)
		}
	}
}

func TestOrderIsTheSame(t *testing.T) {
	dir := write(t, twoPackages)
	var first []string
	for range 3 {
		p, err := Packages(t.Context(), Config{Dir: dir, Patterns: []string{"./...", "io/fs"}})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = ids(p.All)
		}
		if diff := cmp.Diff(first, ids(p.All)); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestErrors(t *testing.T) {
	const unsafe = "-- go/src/unsafe/unsafe.go --\npackage unsafe\n"
	const mod = "-- go.mod --\nmodule m\ngo 1.24\n"
	var twelve strings.Builder
	for i := range 12 {
		fmt.Fprintf(&twelve, "var v%d = undefined%[1]d\n", i)
	}
	for _, test := range []struct {
		name, files string
		config      Config // Dir is relative to the files
		want        []string
	}{
		{"no_folder", mod, Config{Dir: "nosuch"}, []string{"nosuch", "name a folder that exists"}},
		{"folder_is_a_file", mod, Config{Dir: "go.mod"}, []string{"go.mod is not a folder"}},
		{"no_module", "-- a.go --\npackage a\n", Config{}, []string{"load ./...: ", "go mod init"}},
		{"no_packages", mod, Config{}, []string{"no package matches ./...; check"}},
		{"no_such_folder", mod, Config{Patterns: []string{"./nosuch"}}, []string{"load ./nosuch: ", "nosuch", "Check the spelling"}},
		{"no_such_package", mod, Config{Patterns: []string{"nosuch"}}, []string{"load nosuch: ", "nosuch", "Check the spelling"}},
		{"one_of_two_matches_nothing", twoPackages, Config{Patterns: []string{"./b/...", "./c/..."}}, []string{"no package matches ./c/..."}},
		{"no_go_files", mod + "-- a/README --\n", Config{Patterns: []string{"./a"}}, []string{"no Go files in", "Name a folder that holds Go files"}},
		{"tests_only", mod + "-- a/a_test.go --\npackage a\n", Config{}, []string{"no Go files but tests; use -test"}},
		{"other_system_only", mod + "-- a/a_plan9.go --\npackage a\n", Config{Patterns: []string{"./a"}}, []string{"build constraints exclude all Go files", "GOOS"}},
		{"type_error", mod + "-- a/a.go --\npackage a\nvar X int = undefined\n", Config{}, []string{"a.go:2:13: undefined: undefined", "Mend these"}},
		{"parse_error", mod + "-- a/a.go --\npackage a\nfunc {\n", Config{}, []string{"a.go:2:6: ", "Mend these"}},
		{"error_in_tests", mod + "-- a/a.go --\npackage a\n-- a/a_test.go --\npackage a\nvar X int = \"\"\n", Config{Tests: true}, []string{"a_test.go:2:13: "}},
		{"ten_errors_and_more", mod + "-- a/a.go --\npackage a\n" + twelve.String(), Config{}, []string{"undefined: undefined9\n\tand 2 more\n"}},
		{"own_dependency", mod + "-- a/a.go --\npackage a\nimport _ \"m/b\"\n-- b/b.go --\npackage b\nfunc f() { undefined() }\n", Config{Patterns: []string{"./a"}}, []string{"b.go:2:12: "}},
		{"no_such_import", mod + "-- a/a.go --\npackage a\nimport _ \"example.com/nosuch\"\n", Config{}, []string{"a.go:2:8: no required module provides package", "Run go mod tidy"}},
		{"import_cycle", mod + "-- a/a.go --\npackage a\nimport _ \"m/b\"\n-- b/b.go --\npackage b\nimport _ \"m/a\"\n", Config{}, []string{"import cycle"}},
		{"newer_go", "-- go.mod --\nmodule m\ngo 1.999\n-- a.go --\npackage a\n", Config{Env: append(os.Environ(), "GOTOOLCHAIN=local")}, []string{"1.999", "Install that Go"}},
		{"goroot_is_no_tree", mod, Config{GOROOT: ".", Patterns: []string{"runtime"}}, []string{"-goroot . is not a Go tree", "name the folder above src"}},
		{"goroot_with_errors", unsafe + "-- go/src/runtime/r.go --\npackage runtime\nvar X = undefined\n", Config{GOROOT: "go", Patterns: []string{"runtime"}},
			[]string{filepath.Join("go", "src", "runtime", "r.go") + ":2:9: undefined", "whole Go tree"}},
		{"goroot_without_the_package", unsafe + "-- go/src/runtime/r.go --\npackage runtime\n", Config{GOROOT: "go", Patterns: []string{"runtime", "net/http"}}, []string{"net/http", "name a tree that has the package"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			cleanTemp(t)
			test.config.Dir = filepath.Join(write(t, test.files), test.config.Dir)
			p, err := Packages(t.Context(), test.config)
			if err == nil {
				t.Fatalf("no error; packages: %v", ids(p.Initial))
			}
			for _, want := range append(test.want, "load ") {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not say %q:\n%v", want, err)
				}
			}
			if strings.Contains(err.Error(), "lockorder-goroot") {
				t.Errorf("the error names the shadow tree:\n%v", err)
			}
			if testing.Verbose() {
				t.Log(err)
			}
		})
	}
}

func TestNoGoCommand(t *testing.T) {
	t.Setenv("PATH", "")
	if _, err := Packages(t.Context(), Config{}); err == nil || !strings.Contains(err.Error(), "no go command on PATH") {
		t.Errorf("got %v", err)
	}
}

// A dependency that others own, with errors in bodies only, is left out, and
// said to be; one whose declarations are in error is not let pass.
func TestForeignDependency(t *testing.T) {
	const files = `
-- go.mod --
module m
go 1.24
require dep v0.0.0
replace dep => ./dep
-- a/a.go --
package a
import "dep"
// A builtin with a constant result has no valid type; that is no error.
func F() int { return dep.G[int]() + dep.H() + dep.T{}.M() + len([2]int{}) }
-- dep/go.mod --
module dep
go 1.24
-- dep/dep.go --
package dep
func G[T any]() int { return undefined }
func H() int { return 1 }
type T struct{}
func (T) M() int { return 1 }
`
	p, err := Packages(t.Context(), Config{Dir: write(t, files), Patterns: []string{"./a"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.NotAnalysed) != 1 || !strings.HasPrefix(p.NotAnalysed[0], "dep: ") || !strings.Contains(p.NotAnalysed[0], "dep.go:2:30: undefined") {
		t.Errorf("not analysed: %q", p.NotAnalysed)
	}
	p.BuildSSA()
	if p.SSAPackage(p.Initial[0]).Func("F").Blocks == nil {
		t.Error("F, which calls what was left out, has no body")
	}
	for _, pkg := range p.All {
		if pkg.PkgPath == "dep" && p.SSAPackage(pkg).Func("H").Blocks != nil {
			t.Error("H, which was left out, has a body")
		}
	}

	unsound := strings.Replace(files, "type T struct{}", "type T struct{ f []undefined }", 1)
	if _, err := Packages(t.Context(), Config{Dir: write(t, unsound), Patterns: []string{"./a"}}); err == nil {
		t.Error("an invalid type was let pass to who uses it")
	}
}

// A dependency whose C is not there cannot be declared whole. It is left out,
// and with it the one that makes use of what it lacks; who does not is read.
func TestDependencyWithoutC(t *testing.T) {
	const files = `
-- go.mod --
module m
go 1.24
require dep v0.0.0
replace dep => ./dep
-- a/a.go --
package a
import "dep"
func F(r *dep.Ring) int { return dep.H() + r.Len() }
-- dep/go.mod --
module dep
go 1.24
-- dep/dep.go --
package dep
import "dep/c"
type Ring struct { next *Ring }
func (r *Ring) Len() int { return 1 }
func H() int { return c.New().Size }
-- dep/c/c.go --
package c
// #cgo pkg-config: no-such-library-anywhere
import "C"
type Handle struct { p *C.handle; Size int; other *Other }
type Other struct { h *Handle }
func New() *Handle { return &Handle{p: C.open()} }
`
	p, err := Packages(t.Context(), Config{Dir: write(t, files), Patterns: []string{"./a"}})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range p.NotAnalysed {
		path, why, _ := strings.Cut(s, ": ")
		if out = append(out, path); strings.Contains(why, "\n") || strings.HasPrefix(why, "#") {
			t.Errorf("not one line of what is wrong: %q", s)
		}
	}
	if diff := cmp.Diff([]string{"dep/c", "dep"}, out); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
	p.BuildSSA()
	if p.SSAPackage(p.Initial[0]).Func("F").Blocks == nil {
		t.Error("F, which uses what is whole of a dependency, has no body")
	}

	for name, use := range map[string]string{
		"the type":          "dep/c\"\nvar F c.Handle",
		"a part of it":      "dep/c\"\nvar F c.Other",
		"what holds a part": "dep/c\"\nvar F = []c.Other{}",
	} {
		uses := strings.Replace(files, files[strings.Index(files, "dep\"\nfunc F"):strings.Index(files, "\n-- dep/go.mod")], use, 1)
		if _, err := Packages(t.Context(), Config{Dir: write(t, uses), Patterns: []string{"./a"}}); err == nil {
			t.Errorf("%s was let pass", name)
		}
	}
}

func TestCancel(t *testing.T) {
	why := errors.New("enough")
	for _, root := range []string{"", goroot(t)} {
		cleanTemp(t)
		ctx, cancel := context.WithCancelCause(t.Context())
		_, err := Packages(ctx, Config{Patterns: []string{"runtime"}, GOROOT: root, Progress: func(string) { cancel(why) }})
		if !errors.Is(err, why) {
			t.Errorf("got %v", err)
		}
	}
}

func TestInstalledTreeAsForeign(t *testing.T) {
	cleanTemp(t)
	root := goroot(t)
	var stages []string
	p, err := Packages(t.Context(), Config{
		GOROOT: root, Patterns: []string{"runtime"}, Progress: func(s string) { stages = append(stages, s) },
	})
	if err != nil {
		t.Fatal(err)
	}
	p.BuildSSA()
	if diff := cmp.Diff([]string{"load", "ssa"}, stages); diff != "" {
		t.Error(diff)
	}
	if p.GOROOT != root || len(p.NotAnalysed) > 0 {
		t.Errorf("GOROOT %s, not analysed %q", p.GOROOT, p.NotAnalysed)
	}
	lock := p.SSAPackage(p.Initial[0]).Func("lock")
	if lock == nil || lock.Blocks == nil {
		t.Fatal("runtime.lock has no body")
	}
	posn := p.Position(lock.Pos())
	if !within(posn.Filename, filepath.Join(root, "src", "runtime")) {
		t.Errorf("runtime.lock is in %s", posn.Filename)
	}
	if _, err := os.Stat(posn.Filename); err != nil {
		t.Error(err)
	}

	for _, name := range p.Initial[0].CompiledGoFiles {
		if !within(name, root) {
			t.Errorf("the package's files include %s", name)
		}
	}

	// The same files as the installed go command picks itself.
	direct, err := Packages(t.Context(), Config{Patterns: []string{"runtime"}})
	if err != nil {
		t.Fatal(err)
	}
	files := func(p *Program) (names []string) {
		for _, f := range p.Initial[0].Syntax {
			names = append(names, p.Position(f.Package).Filename)
		}
		return names
	}
	if diff := cmp.Diff(files(direct), files(p)); diff != "" {
		t.Errorf("files of the tree (-direct +foreign):\n%s", diff)
	}
}

// The user's own packages can be read over another standard library.
func TestUserPackagesOverTree(t *testing.T) {
	cleanTemp(t)
	p, err := Packages(t.Context(), Config{Dir: write(t, twoPackages), GOROOT: goroot(t)})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"m/a", "m/b"}, ids(p.Initial)); diff != "" {
		t.Error(diff)
	}
}

func TestGenerated(t *testing.T) {
	for _, test := range []struct {
		name, files string
		want        map[string][]string // file: what it declares
	}{
		{"built", "-- src/runtime/internal/sys/zversion.go --\npackage sys\n", nil},
		{"later_than_the_package", "-- src/internal/runtime/sys/sys.go --\npackage sys\n", nil},
		{"constants", "-- VERSION --\ngo1.8rc3\n-- src/runtime/internal/sys/sys.go --\npackage sys\nconst Goexperiment = \"\"\n",
			map[string][]string{"runtime/internal/sys/zversion.go": {
				"package sys", `const TheVersion = "go1.8rc3"`, "const DefaultGoroot = ", "const StackGuardMultiplier = 1", "!Goexperiment",
			}}},
		{"unexported_only_if_used", "-- src/go/build/build.go --\npackage build\nvar x = cgoEnabled[``]\n",
			map[string][]string{"go/build/zcgo.go": {"var cgoEnabled = map[string]bool{}", "!defaultCGO_ENABLED"}}},
		{"tests_do_not_count", "-- src/time/tzdata/tzdata.go --\npackage tzdata\nvar x = zipdata\n-- src/time/tzdata/x_test.go --\npackage tzdata\nvar zipdata = ``\n",
			map[string][]string{"time/tzdata/zzipdata.go": {"const zipdata"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			tree := &tree{dir: write(t, test.files), shadow: "/shadow"}
			overlay := tree.generated()
			if len(overlay) != len(test.want) {
				t.Errorf("generated %v", overlay)
			}
			for name, wants := range test.want {
				got := string(overlay[filepath.Join("/shadow/src", name)])
				for _, want := range wants {
					not, isNot := strings.CutPrefix(want, "!")
					if strings.Contains(got, not) == isNot {
						t.Errorf("%s: want %s in:\n%s", name, want, got)
					}
				}
			}
		})
	}
}

func TestExperiments(t *testing.T) {
	dir := write(t, `
-- src/internal/buildcfg/exp.go --
package buildcfg
func Parse(goos, goarch string) {
	var supported, other bool
	switch goarch {
	case "amd64", "arm64":
		supported = true
	case "s390x":
		other = true
	}
	linking := goos != "darwin"
	_ = goexperiment.Flags{RegabiArgs: supported, Other: other, SwissMap: true, Off: false, Dwarf5: linking}
}
`)
	for _, test := range []struct {
		goarch, env string
		want        []string
	}{
		{"amd64", "", []string{"dwarf5", "regabiargs", "swissmap"}},
		{"s390x", "", []string{"dwarf5", "other", "swissmap"}},
		{"amd64", "noswissmap,staticlockranking", []string{"dwarf5", "regabiargs", "staticlockranking"}},
		{"amd64", "none,off", []string{"off"}},
	} {
		tree := &tree{dir: dir, env: goEnv{GOARCH: test.goarch}}
		for i := range test.want {
			test.want[i] = "goexperiment." + test.want[i]
		}
		if diff := cmp.Diff(test.want, tree.experimentTags([]string{"GOEXPERIMENT=" + test.env})); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", test.goarch, test.env, diff)
		}
	}
}

func TestTreePatterns(t *testing.T) {
	dir := write(t, "-- src/runtime/r.go --\n-- src/net/http/h.go --\n-- own/x.go --\n")
	tree := &tree{dir: dir}
	for _, test := range []struct {
		dir, pattern, want string // want: "" if it names no package of the tree
	}{
		{"", "std", "std"},
		{"", "runtime", "runtime"},
		{"", "net/...", "net/..."},
		{"", "nosuch", ""},
		{"", "./own", ""},
		{"", "./src/runtime", "runtime"},
		{"src", "./...", "std"},
		{"src", "./net/...", "net/..."},
		{"src/runtime", ".", "runtime"},
		{"src/runtime", "./...", "runtime/..."},
		{"src/runtime", "../net/http", "net/http"},
		{"", "./...", ""},
		{"", filepath.Join(dir, "src", "runtime"), "runtime"},
	} {
		got, ok := tree.importPath(test.pattern, filepath.Join(dir, test.dir))
		if ok != (test.want != "") || ok && got != test.want {
			t.Errorf("%s in %q: got %q, %t", test.pattern, test.dir, got, ok)
		}
	}
}

func TestBlankImportComment(t *testing.T) {
	for src, want := range map[string]string{
		"package a // import \"x/a\"\n":        "package a " + strings.Repeat(" ", 15) + "\n",
		"// c\npackage a /* import \"x\" */\n": "// c\npackage a " + strings.Repeat(" ", 16) + "\n",
		"package a // imports \"x\"\n":         "",
		"package a\n// import \"x\"\n":         "",
	} {
		got, ok := blankImportComment([]byte(src))
		if string(got) != want || ok != (want != "") {
			t.Errorf("%q: got %q, %t", src, got, ok)
		}
	}
}
