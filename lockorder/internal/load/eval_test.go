//go:build eval

package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa/ssautil"
)

// TestTrees loads the Go trees in the folder LOCKORDER_GO_TREES, each of them
// named go-SOMETHING. LOCKORDER_PATTERNS are the packages to read, by default
// runtime.
func TestTrees(t *testing.T) {
	trees, _ := filepath.Glob(filepath.Join(os.Getenv("LOCKORDER_GO_TREES"), "go-*"))
	if len(trees) == 0 {
		t.Skip("LOCKORDER_GO_TREES names no folder with go-* in it")
	}
	patterns := strings.Fields(os.Getenv("LOCKORDER_PATTERNS"))
	if len(patterns) == 0 {
		patterns = []string{"runtime"}
	}
	for _, tree := range trees {
		t.Run(filepath.Base(tree), func(t *testing.T) {
			p, err := Packages(t.Context(), Config{GOROOT: tree, Patterns: patterns})
			if err != nil {
				t.Fatal(err)
			}
			p.BuildSSA()
			all, initial, bodies := ssautil.AllFunctions(p.SSA), 0, 0
			for fn := range all {
				if fn.Pkg == p.SSAPackage(p.Initial[0]) {
					initial++
					if fn.Blocks != nil {
						bodies++
					}
				}
			}
			t.Logf("%d packages, %d initial, %d functions, %d in %s (%d with body), load %.1fs, SSA %.1fs, left out: %q",
				len(p.All), len(p.Initial), len(all), initial, p.Initial[0].PkgPath, bodies,
				p.LoadTime.Seconds(), p.SSATime.Seconds(), p.NotAnalysed)
			if bodies < 1000 && p.Initial[0].PkgPath == "runtime" {
				t.Errorf("the runtime has %d functions with a body; every version has more than 1000", bodies)
			}
			for _, pkg := range p.Initial {
				for _, f := range pkg.Syntax {
					if posn := p.Position(f.Package); !strings.HasPrefix(posn.Filename, filepath.Join(tree, "src")) {
						t.Fatalf("file %s is not under %s", posn.Filename, tree)
					}
				}
			}
		})
	}
}
