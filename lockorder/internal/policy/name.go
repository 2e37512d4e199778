package policy

import (
	"fmt"
	"go/types"
	"strconv"
	"strings"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A named is a lock as a comment names it: by its canonical name, and by the
// path from which package lock makes that name, or nil where only the name
// is known (pseudo locks, locals, packages that were not read).
type named struct {
	name string
	path *lock.Path
}

// resolve finds the lock that d's name means: in its package's scope, among
// the imports of its file, by an import path. A name under the path of a
// package that nothing here imports is taken on trust.
func (r *reader) resolve(d *directive, name string) (named, error) {
	own := d.pkg.Types
	if name == "" || strings.ContainsAny(name, " \t") {
		return named{}, fmt.Errorf("want the name of a lock, found %q", name)
	}
	var first error
	try := func(pkg *types.Package, rest string) (named, bool) {
		l, err := r.find(pkg, rest)
		if err != nil && first == nil {
			first = err
		}
		return l, err == nil
	}
	head, rest, dotted := strings.Cut(name, ".")
	if !strings.Contains(name, "/") {
		id, _ := bare(head)
		if own.Scope().Lookup(id) != nil || r.isPseudo(own, name) {
			if l, ok := try(own, name); ok {
				return l, nil
			}
		}
		if pkg := imported(d, head); pkg != nil && dotted {
			if l, ok := try(pkg, rest); ok {
				return l, nil
			}
		}
	}
	if pkg := r.under(own, name); pkg != nil {
		if l, ok := try(pkg, name[len(pkg.Path())+1:]); ok {
			return l, nil
		}
	}
	switch {
	case first != nil:
		return named{}, first
	case strings.Contains(name, "/"):
		return named{name: name}, nil
	}
	return named{}, fmt.Errorf("no lock %s: package %s declares no %s", name, own.Path(), head)
}

// imported returns the package that d's file imports by that name, or nil.
func imported(d *directive, name string) *types.Package {
	for _, spec := range d.file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		for _, pkg := range d.pkg.Types.Imports() {
			if pkg.Path() != path {
				continue
			}
			if spec.Name == nil && pkg.Name() == name || spec.Name != nil && spec.Name.Name == name {
				return pkg
			}
		}
	}
	return nil
}

// under returns the package with the longest path before a dot of name.
func (r *reader) under(own *types.Package, name string) *types.Package {
	for end := len(name); ; {
		end = strings.LastIndexByte(name[:end], '.')
		if end < 0 {
			return nil
		}
		if name[:end] == own.Path() {
			return own
		}
		if pkg := r.packages[name[:end]]; pkg != nil {
			return pkg
		}
	}
}

// learn adds pkg and what it imports to the packages that names can reach. A
// test variant has imports of its own under the path of its package.
func (r *reader) learn(pkg *types.Package) {
	if r.learned[pkg] {
		return
	}
	r.learned[pkg] = true
	if r.packages[pkg.Path()] == nil {
		r.packages[pkg.Path()] = pkg
	}
	for _, p := range pkg.Imports() {
		r.learn(p)
	}
}

// find follows a name from the scope of pkg: var, var.field, Type.field.
func (r *reader) find(pkg *types.Package, name string) (named, error) {
	canonical := pkg.Path() + "." + name
	if r.isPseudo(pkg, name) {
		return named{name: canonical}, nil
	}
	parts := strings.Split(name, ".")
	id, elems := bare(parts[0])
	var p *lock.Path
	var t types.Type
	switch obj := pkg.Scope().Lookup(id).(type) {
	case nil:
		return named{}, fmt.Errorf("no lock %s: package %s declares no %s", name, pkg.Path(), id)
	case *types.Var:
		p, t = &lock.Path{Kind: lock.Global, Obj: obj}, obj.Type()
	case *types.TypeName:
		p, t = &lock.Path{Kind: lock.Opaque, Name: pkg.Path() + "." + id}, obj.Type()
	default:
		// A constant is the class of the locks of its rank; a function has
		// locals, which are no part of what the package declares.
		return named{name: canonical}, nil
	}
	for {
		for ; elems > 0; elems-- {
			p = &lock.Path{Kind: lock.Elem, Base: p}
		}
		if parts = parts[1:]; len(parts) == 0 {
			return named{r.className(p), p}, nil
		}
		id, elems = bare(parts[0])
		f, way := field(t, pkg, id)
		if f == nil {
			if m, _, _ := types.LookupFieldOrMethod(t, true, pkg, id); m != nil && len(parts) > 1 {
				return named{name: canonical}, nil // a local of a method
			}
			return named{}, fmt.Errorf("no lock %s: %s has no field %s", name, types.TypeString(t, types.RelativeTo(pkg)), id)
		}
		for _, step := range way {
			p = &lock.Path{Kind: lock.Field, Base: p, Obj: step.Origin()}
		}
		t = f.Type()
	}
}

func (r *reader) className(p *lock.Path) string {
	name, _ := r.names.Class(p)
	return name
}

// isPseudo reports whether a clause of a comment, or a row for a function of
// pkg, has the pseudo lock of that name.
func (r *reader) isPseudo(pkg *types.Package, name string) bool {
	if !r.scanned[pkg] && len(r.known) > 0 {
		r.scanned[pkg] = true
		scope := pkg.Scope()
		for _, n := range scope.Names() {
			switch obj := scope.Lookup(n).(type) {
			case *types.Func:
				r.scanRows(obj)
			case *types.TypeName:
				if t, ok := obj.Type().(*types.Named); ok {
					for m := range t.Methods() {
						r.scanRows(m)
					}
				}
			}
		}
	}
	return r.pseudo[pkg.Path()+"."+name]
}

func (r *reader) scanRows(f *types.Func) {
	for _, s := range r.known {
		m := s.Lookup(f.FullName())
		if m == nil {
			continue
		}
		for _, c := range m.Clauses {
			r.pseudo[c.Expr.Pseudo] = true
			if c.Holding != nil {
				r.pseudo[c.Holding.Pseudo] = true
			}
		}
	}
}
