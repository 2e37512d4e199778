package policy

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strings"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// Kinds are the kinds of finding that can be ignored, besides all.
var Kinds = []string{"cycle", "relock", "rlock", "peers", "wait", "leak", "order"}

// all ignores findings of every kind.
const all = "all"

// clauses are the words that begin a clause of package model.
var clauses = []string{
	"acquires", "releases", "waits", "calls", "spawns", "yields", "links",
	"returns", "stores", "noreturn", "switches", "silent",
}

// A Package is what Read reads of one package. Files must have been parsed
// with their comments; Types is the package they were type-checked to.
type Package struct {
	Path  string
	Name  string
	Files []*ast.File
	Types *types.Package
}

// A Set is all that the comments of some packages say, in the order of the
// packages' paths, the files' names and the lines.
type Set struct {
	Models  []*model.Model
	Ignores []*Ignore
	Orders  []Order
	Errors  []Error
	// Absent are the declarations of a file that speak of packages which were
	// not read.
	Absent []Error

	less map[string][]step // memo of the declared pairs, by the lesser lock
}

// An Error is a comment that says nothing, or nothing that can be true.
type Error struct {
	Pos token.Position
	Msg string
}

// Error gives position and message, as compilers do.
func (e Error) Error() string { return e.Pos.String() + ": " + e.Msg }

// Read reads the comments of pkgs. A file that belongs to a package and to
// its test variant is read once. known are the rows in force besides the
// comments; a declared order may name their pseudo locks.
func Read(fset *token.FileSet, pkgs []Package, known ...*model.Set) *Set {
	return ReadWith(Declarations{}, fset, pkgs, known...)
}

// ReadWith is Read with the declarations of a file. A row of a comment replaces
// one of the file for the same function.
func ReadWith(file Declarations, fset *token.FileSet, pkgs []Package, known ...*model.Set) *Set {
	pkgs = append([]Package(nil), pkgs...)
	sort.SliceStable(pkgs, func(i, j int) bool { return pkgs[i].Path < pkgs[j].Path })
	r := newReader(fset, pkgs, known)
	for _, row := range file.Rows {
		r.row(row)
	}
	seen := make(map[string]bool)
	for i := range pkgs {
		pkg := &pkgs[i]
		files := append([]*ast.File(nil), pkg.Files...)
		sort.SliceStable(files, func(i, j int) bool { return r.fileName(files[i]) < r.fileName(files[j]) })
		for _, f := range files {
			if key := pkg.Path + "\x00" + r.fileName(f); !seen[key] {
				seen[key] = true
				r.file(pkg, f)
			}
		}
	}
	// Orders may name the pseudo locks of any clause, so they come last.
	for _, d := range r.orders {
		r.order(d)
	}
	for _, row := range file.Orders {
		r.orderRow(row)
	}
	s := r.set
	sort.SliceStable(s.Errors, func(i, j int) bool { return before(s.Errors[i].Pos, s.Errors[j].Pos) })
	return s
}

func before(p, q token.Position) bool {
	if p.Filename != q.Filename {
		return p.Filename < q.Filename
	}
	return p.Offset < q.Offset
}

// A reader reads one set.
type reader struct {
	fset   *token.FileSet
	set    *Set
	orders []*directive

	// what names can mean
	known    []*model.Set
	names    *lock.Names
	pseudo   map[string]bool           // the pseudo locks of clauses, by canonical name
	scanned  map[*types.Package]bool   // packages whose functions' rows in known are in pseudo
	packages map[string]*types.Package // all that can be named, by import path
	learned  map[*types.Package]bool
}

// A directive is one //lockorder: comment.
type directive struct {
	word, args string
	pos        token.Pos
	group      *ast.CommentGroup
	pkg        *Package
	file       *ast.File
}

const prefix = "//lockorder:"

func (r *reader) fileName(f *ast.File) string { return r.fset.File(f.FileStart).Name() }

func (r *reader) errorf(pos token.Pos, format string, args ...any) {
	r.set.Errors = append(r.set.Errors, Error{r.fset.Position(pos), fmt.Sprintf(format, args...)})
}

// file reads the directives of one file.
func (r *reader) file(pkg *Package, f *ast.File) {
	var ds []*directive
	for _, g := range f.Comments {
		for _, c := range g.List {
			text, ok := strings.CutPrefix(c.Text, prefix)
			if !ok {
				continue
			}
			text, _, _ = strings.Cut(text, " //")
			word, args := text, ""
			if i := strings.IndexAny(text, " \t"); i >= 0 {
				word, args = text[:i], strings.TrimSpace(text[i:])
			}
			ds = append(ds, &directive{word: word, args: args, pos: c.Slash, group: g, pkg: pkg, file: f})
		}
	}
	if len(ds) == 0 {
		return
	}
	code := codeLines(r.fset, f)
	above := described(f)
	models := make(map[*function]*model.Model)
	for _, d := range ds {
		switch {
		case d.word == "ignore":
			r.ignore(d, code)
		case d.word == "order":
			r.orders = append(r.orders, d)
		case slices.Contains(clauses, d.word):
			r.clause(d, above[d.group], models)
		default:
			r.errorf(d.pos, "unknown directive %s%s; there are ignore, order, %s", prefix, d.word, strings.Join(clauses, ", "))
		}
	}
}
