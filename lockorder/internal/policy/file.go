package policy

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// Declarations are what a file beside the source says in the terms of the
// comments: rows for functions, and orders of locks.
type Declarations struct {
	Rows   []Row
	Orders []OrderRow
}

// A Row is a model of a function, named by its package and as rows of models
// write it.
type Row struct {
	Package string
	Func    string
	Model   *model.Model
	Pos     token.Position
}

// An OrderRow is an order whose locks have canonical names, or such as are cut
// short at the front of their import paths.
type OrderRow struct {
	Locks []string
	Pos   token.Position
}

// row binds a row to the function that it speaks of.
func (r *reader) row(row Row) {
	pkg := r.packages[row.Package]
	if pkg == nil {
		r.missing(row.Pos, fmt.Sprintf("model: no package %s is imported", row.Package))
		return
	}
	obj := rowFunction(row.Func).object(pkg)
	if obj == nil {
		r.fail(row.Pos, "model: package %s declares no %s", row.Package, row.Func)
		return
	}
	row.Model.Func = obj.FullName() // with the type parameters of its receiver
	for i := range row.Model.Clauses {
		c := &row.Model.Clauses[i]
		if err := check(c, obj); err != nil {
			r.fail(row.Pos, "model: %s: %v", row.Func, err)
			return
		}
		for _, e := range []*model.Expr{&c.Expr, c.Holding} {
			if e != nil && e.Pseudo != "" {
				r.pseudo[e.Pseudo] = true
			}
		}
	}
	r.set.Models = append(r.set.Models, row.Model)
}

// rowFunction reads "(*T).m", "(T).m" or "f".
func rowFunction(name string) *function {
	recv, base, ok := strings.Cut(name, ").")
	if !ok {
		return &function{name: name, base: name}
	}
	recv, _, _ = strings.Cut(strings.TrimLeft(recv, "(*"), "[")
	return &function{name: name, recv: recv, base: base}
}

// orderRow adds an order.
func (r *reader) orderRow(row OrderRow) {
	o := Order{Pos: row.Pos}
	for _, name := range row.Locks {
		l, err := r.anywhere(name)
		if absent, ok := err.(absentError); ok {
			r.missing(row.Pos, "order: "+absent.Error())
			return
		}
		if err != nil {
			r.fail(row.Pos, "order: %v", err)
			return
		}
		o.Locks = append(o.Locks, l.name)
		o.paths = append(o.paths, l.path)
	}
	r.set.Orders = append(r.set.Orders, o)
}

func (r *reader) fail(pos token.Position, format string, args ...any) {
	r.set.Errors = append(r.set.Errors, Error{pos, fmt.Sprintf(format, args...)})
}

// missing notes what speaks of a package that is not there: that is an error
// if everything was read, and nothing if a part was.
func (r *reader) missing(pos token.Position, msg string) {
	r.set.Absent = append(r.set.Absent, Error{pos, msg})
}

// An absentError says that no package of a lock's name was read.
type absentError string

func (e absentError) Error() string { return string(e) }

// anywhere finds the lock that a name means in any of the packages: by its
// import path, or by the end of it.
func (r *reader) anywhere(name string) (named, error) {
	var fit []named
	var first error
	for _, path := range sortedPaths(r.packages) {
		rest, ok := below(name, path)
		if !ok {
			continue
		}
		l, err := r.find(r.packages[path], rest)
		switch {
		case err == nil:
			fit = append(fit, l)
		case first == nil:
			first = err
		}
	}
	switch {
	case len(fit) == 1:
		return fit[0], nil
	case len(fit) > 1:
		return named{}, fmt.Errorf("%s is any of %s", name, joinNames(fit))
	case first != nil:
		return named{}, first
	}
	return named{}, absentError(fmt.Sprintf("no package of lock %s is imported", name))
}

// below returns what follows the package in a lock's name, if the name begins
// with the package's import path or an end of that.
func below(name, path string) (rest string, ok bool) {
	for {
		if rest, ok := strings.CutPrefix(name, path+"."); ok {
			return rest, true
		}
		_, path, ok = strings.Cut(path, "/")
		if !ok {
			return "", false
		}
	}
}

func joinNames(list []named) string {
	var names []string
	for _, l := range list {
		names = append(names, l.name)
	}
	return strings.Join(names, ", ")
}

func sortedPaths(packages map[string]*types.Package) []string {
	var paths []string
	for path := range packages {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// newReader knows the packages that names can mean.
func newReader(fset *token.FileSet, pkgs []Package, known []*model.Set) *reader {
	r := &reader{
		fset: fset, set: &Set{}, known: known,
		names:  lock.NewNames(nil), // no comment names a local
		pseudo: make(map[string]bool), scanned: make(map[*types.Package]bool),
		packages: make(map[string]*types.Package), learned: make(map[*types.Package]bool),
	}
	for _, pkg := range pkgs {
		r.learn(pkg.Types)
	}
	return r
}
