package policy

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// world type-checks packages from source strings; later ones can import
// earlier ones. The first is a sync that takes no time to read.
type world struct {
	t    *testing.T
	fset *token.FileSet
	pkgs []Package
}

func (w *world) Import(path string) (*types.Package, error) {
	for _, p := range w.pkgs {
		if p.Path == path {
			return p.Types, nil
		}
	}
	return nil, fmt.Errorf("no package %s", path)
}

var _ types.Importer = (*world)(nil)

func (w *world) add(path string, srcs ...string) {
	w.t.Helper()
	var files []*ast.File
	for i, src := range srcs {
		name := fmt.Sprintf("%s/%c.go", path, 'a'+i)
		f, err := parser.ParseFile(w.fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			w.t.Fatal(err)
		}
		files = append(files, f)
	}
	conf := types.Config{Importer: w}
	pkg, err := conf.Check(path, w.fset, files, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	w.pkgs = append(w.pkgs, Package{Path: path, Name: pkg.Name(), Files: files, Types: pkg})
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, fset: token.NewFileSet()}
	w.add("sync", "package sync\ntype Mutex struct{ state int }\nfunc (*Mutex) Lock() {}\n")
	return w
}

// read reads one package example.com/p with the given body below its imports.
func read(t *testing.T, body string) *Set {
	t.Helper()
	w := newWorld(t)
	w.add("example.com/p", "package p; import \"sync\"; var _ sync.Mutex\n"+body)
	return Read(w.fset, w.pkgs)
}

func noErrors(t *testing.T, s *Set) {
	t.Helper()
	for _, e := range s.Errors {
		t.Error(e)
	}
}

func TestErrors(t *testing.T) {
	for _, test := range []struct{ name, body, want string }{
		{"unknown_directive", "//lockorder:forget it", "unknown directive //lockorder:forget"},
		{"no_word", "//lockorder: ignore leak why", "unknown directive //lockorder:;"},
		{"ignore_without_kind", "//lockorder:ignore", "want //lockorder:ignore KIND REASON"},
		{"ignore_unknown_kind", "//lockorder:ignore deadlock why", `unknown kind "deadlock"`},
		{"ignore_without_reason", "//lockorder:ignore leak", "ignore leak needs a reason"},
		{"remark_is_no_reason", "//lockorder:ignore leak // remark", "ignore leak needs a reason"},
		{"clause_above_nothing", "//lockorder:noreturn", "stands above none"},
		{"clause_above_variable", "//lockorder:acquires x\nvar x int", "stands above none"},
		{"clause_apart_from_function", "//lockorder:noreturn\n\nfunc f() {}", "stands above none"},
		{"clause_inside_function", "func f() {\n\t//lockorder:noreturn\n}", "stands above none"},
		{"bad_clause", "//lockorder:acquires arg0 twice\nfunc f(m *sync.Mutex) {}", `unexpected "twice"`},
		{"clause_without_lock", "//lockorder:acquires\nfunc f() {}", "want a lock"},
		{"clause_argument_beyond_the_last", "//lockorder:acquires arg1\nfunc f(m *sync.Mutex) {}", "no arg1: the function has 1 parameter"},
		{"clause_method_argument_beyond_the_last", "type T int\n//lockorder:acquires arg0\nfunc (T) f() {}", "no arg0: the function has 0 parameters"},
		{"clause_condition_without_result", "//lockorder:acquires arg0 if result\nfunc f(m *sync.Mutex) {}", "no result0"},
		{"clause_within_without_method", "//lockorder:calls arg0 within\nfunc f(v any) {}", "want calls ARG.METHOD before within"},
		{"clause_calls_unknown_field", "type T struct{}\n//lockorder:calls recv.run\nfunc (*T) f() {}", "has no field run"},
		{"clause_unknown_field", "type T struct{}\n//lockorder:acquires recv.mu\nfunc (*T) f() {}", "has no field mu"},
		{"recv_outside_method", "//lockorder:acquires recv\nfunc f() {}", "no recv"},
		{"order_of_one", "var a sync.Mutex\n//lockorder:order a", "want //lockorder:order A < B"},
		{"order_missing_name", "var a sync.Mutex\n//lockorder:order a <", "want the name of a lock"},
		{"order_two_names_in_one", "var a, b sync.Mutex\n//lockorder:order a < b a", "want the name of a lock"},
		{"order_unknown_variable", "var a sync.Mutex\n//lockorder:order a < b", "package example.com/p declares no b"},
		{"order_unknown_type", "var a sync.Mutex\n//lockorder:order a < T.mu", "declares no T"},
		{"order_unknown_field", "type T struct{}\nvar a sync.Mutex\n//lockorder:order a < T.mu", "T has no field mu"},
		{"order_unknown_in_import", "var a sync.Mutex\n//lockorder:order a < sync.pool", "package sync declares no pool"},
		{"order_unknown_by_own_path", "var a sync.Mutex\n//lockorder:order a < example.com/p.b", "declares no b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := read(t, test.body)
			if len(s.Errors) != 1 || !strings.Contains(s.Errors[0].Msg, test.want) {
				t.Fatalf("got %v, want one error with %q", s.Errors, test.want)
			}
			if !strings.Contains(s.Errors[0].Error(), "example.com/p/a.go:") {
				t.Errorf("error without its place: %v", s.Errors[0])
			}
			if len(s.Models)+len(s.Ignores)+len(s.Orders) > 0 {
				t.Errorf("a comment in error has an effect: %+v", s)
			}
		})
	}
}

func TestNotADirective(t *testing.T) {
	for _, c := range []string{"// lockorder:ignore", "//lockorders:x", "/*lockorder:ignore*/", "//lockorder ignore", "// see //lockorder:ignore"} {
		s := read(t, c)
		if len(s.Errors)+len(s.Ignores) > 0 {
			t.Errorf("%s is read as a directive: %v", c, s.Errors)
		}
	}
}

func TestEveryClauseIsAVerbOfTheModels(t *testing.T) {
	for _, word := range clauses {
		if _, err := model.Parse("p", "f", word); err != nil && strings.Contains(err.Error(), "unknown verb") {
			t.Error(err)
		}
	}
}

func TestReadIsInTheOrderOfThePackages(t *testing.T) {
	w := newWorld(t)
	w.add("b", "package b\n//lockorder:ignore all b\n", "package b\n//lockorder:ignore all c\n//lockorder:oops\n")
	w.add("a", "package a\n//lockorder:ignore all a\n//lockorder:oops\n")
	pkgs := append(w.pkgs, w.pkgs[1]) // and b's test variant
	pkgs[1].Files = []*ast.File{pkgs[1].Files[1], pkgs[1].Files[0]}
	s := Read(w.fset, pkgs)
	var got []string
	for _, ig := range s.Ignores {
		got = append(got, ig.Reason)
	}
	if strings.Join(got, " ") != "a b c" {
		t.Errorf("ignores %v, want a b c, each once", got)
	}
	if len(s.Errors) != 2 || s.Errors[0].Pos.Filename != "a/a.go" {
		t.Errorf("errors %v", s.Errors)
	}
}
