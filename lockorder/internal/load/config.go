package load

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
)

// A Config says which packages to load, and how.
type Config struct {
	// Dir is the working directory; "" is the current one.
	Dir string
	// Patterns are package patterns as in go build; none means ./... .
	Patterns []string
	// Tests adds the packages' tests.
	Tests bool
	// Tags is a comma-separated list of build tags.
	Tags string
	// GOROOT takes the standard library from this Go tree, relative to Dir;
	// "" is the installed one.
	GOROOT string
	// Env is the environment of the go command; nil is os.Environ().
	Env []string
	// Progress, if not nil, is called as each stage ("load", "ssa") begins.
	Progress func(stage string)
}

// A Program is a set of well-typed packages, closed under import.
type Program struct {
	Fset *token.FileSet
	// Initial are the packages that the patterns name, by ID. A package with
	// tests stands here once, as its test variant; generated test mains are
	// left out.
	Initial []*packages.Package
	// All is Initial and all it imports, dependencies first.
	All []*packages.Package
	// SSA is nil until BuildSSA.
	SSA *ssa.Program
	// GOROOT is the absolute path of Config.GOROOT, or "".
	GOROOT string
	// NotAnalysed names the dependencies that do not type-check and were left
	// out, each with the reason. Their functions have no bodies in the SSA.
	NotAnalysed []string

	LoadTime, SSATime time.Duration

	tree     *tree  // nil unless Config.GOROOT is given
	listDir  string // where the go command ran
	leftOut  map[*packages.Package]bool
	progress func(string)
}

const mode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles |
	packages.NeedImports | packages.NeedDeps | packages.NeedTypes | packages.NeedSyntax |
	packages.NeedTypesInfo | packages.NeedTypesSizes | packages.NeedModule

// Packages loads and type-checks the packages that c names, with everything
// they import. The error, if any, is of the form "load PATTERNS: ..." and ends
// in what to do about it.
func Packages(ctx context.Context, c Config) (*Program, error) {
	start := time.Now()
	if len(c.Patterns) == 0 {
		c.Patterns = []string{"./..."}
	}
	if c.Progress != nil {
		c.Progress("load")
	}
	p, err := load(ctx, c)
	if err != nil {
		// A cancelled load fails in ways of its own; the cause is what counts.
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return nil, fmt.Errorf("load %s: %w", strings.Join(c.Patterns, " "), err)
	}
	p.progress = c.Progress
	p.LoadTime = time.Since(start)
	return p, nil
}

func load(ctx context.Context, c Config) (_ *Program, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if c.Dir, err = workDir(c.Dir); err != nil {
		return nil, err
	}
	if _, err := exec.LookPath("go"); err != nil {
		return nil, errors.New("no go command on PATH; install Go from https://go.dev/dl, or add the bin folder of an installed one to PATH")
	}
	if c.Env == nil {
		c.Env = os.Environ()
	}

	p := &Program{Fset: token.NewFileSet()}
	cfg := &packages.Config{
		Mode:    mode,
		Context: ctx,
		Dir:     c.Dir,
		Env:     c.Env,
		Fset:    p.Fset,
		Tests:   c.Tests,
		ParseFile: func(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
			// Comments carry policy, and linknames; objects serve nobody.
			return parser.ParseFile(fset, p.realName(name), src, parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
		},
	}
	if c.Tags != "" {
		cfg.BuildFlags = []string{"-tags=" + c.Tags}
	}
	patterns := c.Patterns
	if c.GOROOT != "" {
		p.tree, err = openTree(ctx, c)
		if err != nil {
			return nil, err
		}
		defer func() {
			if rmErr := os.RemoveAll(p.tree.shadow); rmErr != nil && err == nil {
				err = rmErr
			}
		}()
		p.GOROOT = p.tree.dir
		if patterns, err = p.tree.configure(cfg, c); err != nil {
			return nil, err
		}
	}

	p.listDir = cfg.Dir

	roots, err := packages.Load(cfg, patterns...)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, p.driverError(err)
	}
	if err := p.arrange(roots, c, patterns); err != nil {
		return nil, err
	}
	return p, p.check(c)
}

// workDir returns dir as an absolute path of a folder that exists.
func workDir(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(abs); err != nil {
		return "", fmt.Errorf("%w; name a folder that exists", err)
	} else if !info.IsDir() {
		return "", fmt.Errorf("%s is not a folder; name the folder that holds the packages", abs)
	}
	return abs, nil
}
