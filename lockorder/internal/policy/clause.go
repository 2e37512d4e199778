package policy

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// A function is what clauses can stand above.
type function struct {
	name string // as rows of models write it
	recv string // the receiver's type, or ""
	base string // without the receiver
}

// described finds the functions and interface methods of f, by the comment
// above them.
func described(f *ast.File) map[*ast.CommentGroup]*function {
	above := make(map[*ast.CommentGroup]*function)
	for _, decl := range f.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Doc != nil {
				above[decl.Doc] = declared(decl)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				spec, ok := spec.(*ast.TypeSpec)
				if !ok {
					continue
				}
				methods, ok := spec.Type.(*ast.InterfaceType)
				if !ok {
					continue
				}
				for _, m := range methods.Methods.List {
					if _, ok := m.Type.(*ast.FuncType); ok && m.Doc != nil && len(m.Names) == 1 {
						t, name := spec.Name.Name, m.Names[0].Name
						above[m.Doc] = &function{name: "(" + t + ")." + name, recv: t, base: name}
					}
				}
			}
		}
	}
	return above
}

// declared names a declared function as rows do, without type parameters.
func declared(decl *ast.FuncDecl) *function {
	fn := &function{name: decl.Name.Name, base: decl.Name.Name}
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return fn
	}
	star := ""
	t := decl.Recv.List[0].Type
	for {
		switch u := t.(type) {
		case *ast.ParenExpr:
			t = u.X
		case *ast.StarExpr:
			star, t = "*", u.X
		case *ast.IndexExpr:
			t = u.X
		case *ast.IndexListExpr:
			t = u.X
		case *ast.Ident:
			fn.recv, fn.name = u.Name, "("+star+u.Name+")."+fn.base
			return fn
		default:
			return fn
		}
	}
}

// object finds the declared function, or nil: init and _ have no object.
func (fn *function) object(pkg *types.Package) *types.Func {
	if fn.recv == "" {
		f, _ := pkg.Scope().Lookup(fn.base).(*types.Func)
		return f
	}
	tn, ok := pkg.Scope().Lookup(fn.recv).(*types.TypeName)
	if !ok {
		return nil
	}
	named, ok := types.Unalias(tn.Type()).(*types.Named)
	if !ok {
		return nil
	}
	for m := range named.Methods() {
		if m.Name() == fn.base {
			return m
		}
	}
	if it, ok := named.Underlying().(*types.Interface); ok {
		for m := range it.ExplicitMethods() {
			if m.Name() == fn.base {
				return m
			}
		}
	}
	return nil
}

// clause reads one line of clauses above fn. The lines of one function make
// one model.
func (r *reader) clause(d *directive, fn *function, models map[*function]*model.Model) {
	if fn == nil {
		r.errorf(d.pos, "%s%s speaks of a function, and stands above none", prefix, d.word)
		return
	}
	m, err := model.Parse(d.pkg.Path, fn.name, d.word+" "+d.args)
	if err != nil {
		r.errorf(d.pos, "%v", err)
		return
	}
	obj := fn.object(d.pkg.Types)
	if obj != nil {
		m.Func = obj.FullName() // with the type parameters of its receiver
		for i := range m.Clauses {
			if err := check(&m.Clauses[i], obj); err != nil {
				r.errorf(d.pos, "%s: %q: %v", m.Func, d.word+" "+d.args, err)
				return
			}
		}
	}
	for i := range m.Clauses {
		r.locks(d, &m.Clauses[i])
	}
	if first := models[fn]; first != nil {
		first.Clauses = append(first.Clauses, m.Clauses...)
		return
	}
	models[fn] = m
	m.Where = r.fset.Position(d.pos).String()
	r.set.Models = append(r.set.Models, m)
}

// locks notes the pseudo locks of a clause. A name with a dot is the name of
// a lock that is declared elsewhere, if there is one: a function that locks a
// variable acquires sched.lock.
func (r *reader) locks(d *directive, c *model.Clause) {
	for _, e := range []*model.Expr{&c.Expr, c.Holding} {
		if e == nil || e.Pseudo == "" {
			continue
		}
		if !strings.HasPrefix(e.Pseudo, d.pkg.Path+".") {
			if l, err := r.resolve(d, e.Pseudo); err == nil {
				e.Pseudo = l.name
			}
		}
		r.pseudo[e.Pseudo] = true
	}
}
