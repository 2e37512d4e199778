package load

import (
	"time"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
)

// BuildSSA builds the SSA of all packages, generic functions instantiated, in
// parallel. It does nothing the second time.
func (p *Program) BuildSSA() {
	if p.SSA != nil {
		return
	}
	if p.progress != nil {
		p.progress("ssa")
	}
	start := time.Now()
	prog := ssa.NewProgram(p.Fset, ssa.InstantiateGenerics)
	for _, pkg := range p.All {
		if p.leftOut[pkg] {
			prog.CreatePackage(pkg.Types, nil, nil, true)
		} else {
			prog.CreatePackage(pkg.Types, pkg.Syntax, pkg.TypesInfo, true)
		}
	}
	prog.Build()
	p.SSA = prog
	p.SSATime = time.Since(start)
}

// SSAPackage returns the SSA of pkg, or nil if pkg is not of p or BuildSSA
// was not called.
func (p *Program) SSAPackage(pkg *packages.Package) *ssa.Package {
	if p.SSA == nil || pkg == nil || pkg.Types == nil {
		return nil
	}
	return p.SSA.Package(pkg.Types)
}
