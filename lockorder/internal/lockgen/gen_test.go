package lockgen

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

// TestCompiles type-checks many programs, which is what load will ask.
func TestCompiles(t *testing.T) {
	var edges, allowed, relocks, truncated, paths int
	const programs = 200
	imp := importer.ForCompiler(token.NewFileSet(), "source", nil)
	for n := range uint64(programs) {
		p := New(fmt.Sprintf("gen/p%d", n), Seed(n))
		if err := check(imp, p); err != nil {
			t.Errorf("seed %d: %v\n%s", n, err, p.Source())
		}
		b := Observe(p)
		edges += len(b.Edges)
		allowed += len(b.Allowed)
		relocks += len(b.Relocks)
		paths += b.Paths
		if b.Truncated {
			truncated++
		}
	}
	t.Logf("%d programs: %d edges of %d allowed, %d relocks, %d paths, %d truncated",
		programs, edges, allowed, relocks, paths, truncated)
	// Programs that say nothing, or that cannot be enumerated, test nothing.
	if edges < 3*programs {
		t.Errorf("%d edges in %d programs: too few", edges, programs)
	}
	if truncated > programs/10 {
		t.Errorf("%d of %d programs have too many paths", truncated, programs)
	}
}

func check(imp types.Importer, p *Program) error {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", p.Source(), 0)
	if err != nil {
		return err
	}
	c := types.Config{Importer: imp}
	_, err = c.Check(p.Path, fset, []*ast.File{f}, nil)
	return err
}

// TestShortSeeds holds New to its word that any bytes make a program.
func TestShortSeeds(t *testing.T) {
	imp := importer.ForCompiler(token.NewFileSet(), "source", nil)
	for n := range 100 {
		p := New("gen/p", Seed(1)[:n])
		if err := check(imp, p); err != nil {
			t.Errorf("%d bytes: %v\n%s", n, err, p.Source())
		}
	}
}

// TestSameSeed checks that a seed names one program.
func TestSameSeed(t *testing.T) {
	for n := range uint64(20) {
		if !bytes.Equal(New("gen/p", Seed(n)).Source(), New("gen/p", Seed(n)).Source()) {
			t.Errorf("seed %d makes two programs", n)
		}
	}
}

// TestSmaller checks that every deletion leaves a program that compiles, and
// the original as it was.
func TestSmaller(t *testing.T) {
	imp := importer.ForCompiler(token.NewFileSet(), "source", nil)
	for n := range uint64(6) {
		p := New("gen/p", Seed(n))
		before := p.Source()
		all := p.Smaller("gen/q")
		for _, q := range all {
			if err := check(imp, q); err != nil {
				t.Errorf("seed %d: %v\n%s", n, err, q.Source())
			}
			if q.Size() >= p.Size() {
				t.Errorf("seed %d: %d statements of %d", n, q.Size(), p.Size())
			}
		}
		if len(all) == 0 {
			t.Errorf("seed %d: nothing can be deleted", n)
		}
		if !bytes.Equal(before, p.Source()) {
			t.Errorf("seed %d: deletion changed the original", n)
		}
	}
}
