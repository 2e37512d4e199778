package link

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// Paths, Names and the rest make Program a flow.Host.
func (p *Program) Paths() *lock.Paths { return &p.paths }

// Names returns the class names.
func (p *Program) Names() *lock.Names { return p.names }

// ModelOf returns the model of the function or interface method that a call
// names, or nil.
func (p *Program) ModelOf(c *ssa.CallCommon) *model.Model {
	if c.IsInvoke() {
		m, ok := p.methods[c.Method]
		if !ok {
			m = p.models.Lookup(c.Method.FullName())
			p.methods[c.Method] = m
		}
		return m
	}
	if f := c.StaticCallee(); f != nil {
		return p.Model(f)
	}
	return nil
}

// Model returns the model of a function, or nil.
func (p *Program) Model(f *ssa.Function) *model.Model { return p.nameOf(f).model }

// A named is what models and assumptions say of a function by its name, which
// is long in the making.
type named struct {
	name    string
	model   *model.Model    // or nil
	cut     map[string]bool // the functions that it is taken not to call
	nothing bool            // a call of it does nothing: it is silent, or below the program
}

func (p *Program) nameOf(f *ssa.Function) *named {
	n := p.named[f]
	if n == nil {
		name := flow.ModelName(f)
		n = &named{name: name, model: p.models.Lookup(name), cut: p.cutCalls[name], nothing: p.silent[name]}
		if pkg := PackageOf(f); pkg != nil && p.below(pkg.Path()) {
			n.nothing = true
		}
		p.named[f] = n
	}
	return n
}

// Spin returns the spin locks of a function.
func (p *Program) Spin(fn *ssa.Function) *flow.Spins { return p.spins[fn] }

// Opens reports whether there may be importers who can resolve what is not
// resolved here.
func (p *Program) Opens() bool { return p.far != nil }

// Functions returns the number of functions with a body.
func (p *Program) Functions() int { return len(p.scan.fns) }

// Instructions returns the number of SSA instructions.
func (p *Program) Instructions() int { return p.scan.instrs }

// PackagePath returns the import path of the package that declares f.
func (p *Program) PackagePath(f *ssa.Function) string {
	if pkg := PackageOf(f); pkg != nil {
		return pkg.Path()
	}
	return ""
}

// first reports whether f is where the first goroutine starts: main, or a
// package initialiser.
func (p *Program) first(f *ssa.Function) bool {
	if f.Parent() != nil || f.Signature.Recv() != nil || f.Pkg == nil {
		return false
	}
	name := f.Name()
	return name == "init" || strings.HasPrefix(name, "init#") || name == "main" && f.Pkg.Pkg.Name() == "main"
}

// within reports whether f belongs to a program in view: its package is a
// main package or one that a main package imports, so that its exported
// functions have the callers that are seen and no others.
func (p *Program) within(f *ssa.Function) bool {
	if p.far != nil {
		return p.unit.Pkg.Name() == "main" && p.unit.Func("main") != nil
	}
	return p.inProgram(PackageOf(f))
}

// inProgram reports whether a package is a main package or one that a main
// package imports.
func (p *Program) inProgram(pkg *types.Package) bool { return p.inMain()[pkg] }

// findInMain returns the main packages and those that they import.
func (p *Program) findInMain() map[*types.Package]bool {
	in := make(map[*types.Package]bool)
	var add func(pkg *types.Package)
	add = func(pkg *types.Package) {
		if in[pkg] {
			return
		}
		in[pkg] = true
		for _, q := range pkg.Imports() {
			add(q)
		}
	}
	for _, pkg := range p.SSA.AllPackages() {
		if pkg.Pkg.Name() == "main" && pkg.Func("main") != nil {
			add(pkg.Pkg)
		}
	}
	return in
}
