package load

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"

	"golang.org/x/tools/go/ssa"
)

// Trim lets go of the syntax trees and of what the type checker noted of
// them, nearly half of what a loaded program keeps in memory. Once the SSA of
// fns, all functions of the program, is built, nobody looks at them. Generic
// functions keep theirs: an instance may yet be built when it is asked for.
func (p *Program) Trim(fns map[*ssa.Function]bool) {
	for f := range fns {
		trimBody(f)
	}
	for _, pkg := range p.All {
		if pkg.TypesInfo != nil {
			trimInfo(pkg.TypesInfo, genericDecls(pkg.Syntax))
		}
		pkg.Syntax, pkg.TypesInfo = nil, nil
	}
}

// trimBody empties the body in the syntax that f was built from, and that f
// refers to for as long as it lives.
func trimBody(f *ssa.Function) {
	for g := f; g != nil; g = g.Parent() {
		if g.Origin() != nil || g.TypeParams().Len() > 0 || receiverParams(g) {
			return
		}
	}
	switch s := f.Syntax().(type) {
	case *ast.FuncDecl:
		s.Body = nil
	case *ast.FuncLit:
		s.Body = nil
	case *ast.RangeStmt:
		s.Body = nil
	}
}

func receiverParams(f *ssa.Function) bool { return f.Signature.RecvTypeParams().Len() > 0 }

// genericDecls returns the generic functions and methods of some files, by
// position.
func genericDecls(files []*ast.File) []*ast.FuncDecl {
	var out []*ast.FuncDecl
	for _, file := range files {
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && isGeneric(fn) {
				out = append(out, fn)
			}
		}
	}
	slices.SortFunc(out, func(a, b *ast.FuncDecl) int { return int(a.Pos() - b.Pos()) })
	return out
}

func isGeneric(fn *ast.FuncDecl) bool {
	if fn.Type.TypeParams != nil {
		return true
	}
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return false
	}
	t := ast.Unparen(fn.Recv.List[0].Type)
	if star, ok := t.(*ast.StarExpr); ok {
		t = ast.Unparen(star.X)
	}
	switch t.(type) {
	case *ast.IndexExpr, *ast.IndexListExpr:
		return true
	}
	return false
}

// trimInfo keeps of info what lies within decls. The generic functions of the
// SSA refer to info itself, so it is changed in place.
func trimInfo(info *types.Info, decls []*ast.FuncDecl) {
	if len(decls) == 0 {
		*info = types.Info{}
		return
	}
	within := func(pos token.Pos) bool {
		i := sort.Search(len(decls), func(i int) bool { return decls[i].End() > pos })
		return i < len(decls) && decls[i].Pos() <= pos
	}
	*info = types.Info{
		Types:        keep(info.Types, within),
		Instances:    keep(info.Instances, within),
		Defs:         keep(info.Defs, within),
		Uses:         keep(info.Uses, within),
		Implicits:    keep(info.Implicits, within),
		Selections:   keep(info.Selections, within),
		FileVersions: info.FileVersions,
	}
}

// keep returns what of m lies at the positions wanted.
func keep[N interface {
	comparable
	ast.Node
}, V any](m map[N]V, want func(token.Pos) bool) map[N]V {
	out := make(map[N]V)
	for n, v := range m {
		if want(n.Pos()) {
			out[n] = v
		}
	}
	return out
}
