package link

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/callgraph/vta"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/lockorder/lockorder/lockorder/internal/model"
)

const twoFunctions = `package p

import "sync"

var mu sync.Mutex

func Broken() { mu.Lock(); mu.Unlock() }

func Sound() { mu.Lock(); mu.Lock() }
`

// buildPackage builds the SSA of a package of one file.
func buildPackage(t *testing.T, source string) *ssa.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	conf := &types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	pkg, _, err := ssautil.BuildPackage(conf, fset, types.NewPackage("example.com/p", "p"), []*ast.File{file}, ssa.InstantiateGenerics)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

// TestPanicNamesTheFunction breaks what is known of one function, and wants an error
// that names it, and what the other has.
func TestPanicNamesTheFunction(t *testing.T) {
	pkg := buildPackage(t, twoFunctions)
	models, err := model.Builtin(nil)
	if err != nil {
		t.Fatal(err)
	}
	fns := UnitFunctions(pkg)
	p, err := NewUnit(pkg, Sorted(fns), vta.CallGraph(fns, nil), models, nil, func(string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	p.fates[pkg.Func("Broken")] = nil
	errs, err := p.Walk(t.Context())
	if err != nil || len(errs) != 1 || !strings.Contains(errs[0].Error(), "example.com/p.Broken") {
		t.Errorf("errors %v, want one that names example.com/p.Broken", errs)
	}
	if l := p.Link(); len(l.Relocks) != 1 || l.Relocks[0].Node.Fn != pkg.Func("Sound") {
		t.Errorf("%d relocks, want the one of Sound", len(l.Relocks))
	}
}

const methodValues = `package p

type server interface{ serve(int) }

func call(f func(int), n int) { f(n) }

func A(s server) { call(s.serve, 1); call(s.serve, 2) }

func B(s server) { call(s.serve, 3) }
`

// TestSortedOrdersTwins wants the same order each time, and each wrapper of a
// method value where it is first used: there is one for each use, all of one
// name and without a position.
func TestSortedOrdersTwins(t *testing.T) {
	pkg := buildPackage(t, methodValues)
	fns := UnitFunctions(pkg)
	var want []*ssa.Function
	for _, f := range []string{"A", "B"} {
		for _, b := range pkg.Func(f).Blocks {
			for _, in := range b.Instrs {
				if mk, ok := in.(*ssa.MakeClosure); ok {
					want = append(want, mk.Fn.(*ssa.Function))
					fns[mk.Fn.(*ssa.Function)] = true
				}
			}
		}
	}
	if len(want) != 3 || want[0] == want[1] || want[0].String() != want[2].String() {
		t.Fatalf("wrappers %v: go/ssa does not make one of the same name for each use any more", want)
	}
	for range 20 {
		var got []*ssa.Function
		for _, f := range Sorted(fns) {
			if slices.Contains(want, f) {
				got = append(got, f)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatal("wrappers of one name in another order than that of their use")
		}
	}
}
