package link

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
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

// TestPanicNamesTheFunction breaks what is known of one function, and wants an error
// that names it, and what the other has.
func TestPanicNamesTheFunction(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", twoFunctions, 0)
	if err != nil {
		t.Fatal(err)
	}
	conf := &types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	pkg, _, err := ssautil.BuildPackage(conf, fset, types.NewPackage("example.com/p", "p"), []*ast.File{file}, ssa.InstantiateGenerics)
	if err != nil {
		t.Fatal(err)
	}
	models, err := model.Builtin(nil)
	if err != nil {
		t.Fatal(err)
	}
	fns := UnitFunctions(pkg)
	p := NewUnit(pkg, Sorted(fns), vta.CallGraph(fns, nil), models, nil, func(string) bool { return true })
	p.fates[pkg.Func("Broken")] = nil
	errs, err := p.Walk(t.Context())
	if err != nil || len(errs) != 1 || !strings.Contains(errs[0].Error(), "example.com/p.Broken") {
		t.Errorf("errors %v, want one that names example.com/p.Broken", errs)
	}
	if l := p.Link(); len(l.Relocks) != 1 || l.Relocks[0].Node.Fn != pkg.Func("Sound") {
		t.Errorf("%d relocks, want the one of Sound", len(l.Relocks))
	}
}
