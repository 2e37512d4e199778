package load

import (
	"go/ast"
	"go/types"

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

// genericDecls returns the generic functions and methods of some files.
func genericDecls(files []*ast.File) []*ast.FuncDecl {
	var out []*ast.FuncDecl
	for _, file := range files {
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && isGeneric(fn) {
				out = append(out, fn)
			}
		}
	}
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

// trimInfo keeps of info what it says of decls. The generic functions of the
// SSA refer to info itself, so it is changed in place.
func trimInfo(info *types.Info, decls []*ast.FuncDecl) {
	if len(decls) == 0 {
		*info = types.Info{}
		return
	}
	kept := types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Instances:    make(map[*ast.Ident]types.Instance),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: info.FileVersions,
	}
	for _, d := range decls {
		ast.Inspect(d, func(n ast.Node) bool {
			if n == nil {
				return false
			}
			keep(kept.Implicits, info.Implicits, n)
			if e, ok := n.(ast.Expr); ok {
				keep(kept.Types, info.Types, e)
			}
			switch n := n.(type) {
			case *ast.Ident:
				keep(kept.Instances, info.Instances, n)
				keep(kept.Defs, info.Defs, n)
				keep(kept.Uses, info.Uses, n)
			case *ast.SelectorExpr:
				keep(kept.Selections, info.Selections, n)
			}
			return true
		})
	}
	*info = kept
}

// keep copies what a map says of a node.
func keep[N comparable, V any](to, from map[N]V, n N) {
	if v, ok := from[n]; ok {
		to[n] = v
	}
}
