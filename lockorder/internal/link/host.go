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
func (p *Program) Model(f *ssa.Function) *model.Model {
	m, ok := p.modelled[f]
	if !ok {
		m = p.models.Lookup(flow.ModelName(f))
		p.modelled[f] = m
	}
	return m
}

// isSilent reports whether an assumption says that f takes no locks.
func (p *Program) isSilent(f *ssa.Function) bool {
	is, ok := p.silenced[f]
	if !ok {
		is = p.silent[flow.ModelName(f)]
		p.silenced[f] = is
	}
	return is
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
	if pkg := packageOf(f); pkg != nil {
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
	if p.inMain == nil {
		p.inMain = make(map[*types.Package]bool)
		for _, pkg := range p.SSA.AllPackages() {
			if pkg.Pkg.Name() == "main" && pkg.Func("main") != nil {
				p.imports(pkg.Pkg)
			}
		}
	}
	return p.inMain[packageOf(f)]
}

func (p *Program) imports(pkg *types.Package) {
	if p.inMain[pkg] {
		return
	}
	p.inMain[pkg] = true
	for _, q := range pkg.Imports() {
		p.imports(q)
	}
}
