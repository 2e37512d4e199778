package link

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/fact"
	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// tables are what is already in the package's tables.
type tables struct {
	strings []string
	texts   map[string]fact.Ref
	fields  map[*types.Var]fact.Ref
	paths   map[*lock.Path]fact.Ref
	places  map[fact.Place]fact.Ref
	sites   map[fact.Site]fact.Ref
	helds   map[fact.Held]fact.Ref
	orders  map[*ssa.Function]map[ssa.Instruction]int
	spots   map[*ssa.Function]map[fact.Ref]ssa.Instruction // the places in a function
}

func newTables() tables {
	return tables{
		texts: make(map[string]fact.Ref), fields: make(map[*types.Var]fact.Ref), paths: make(map[*lock.Path]fact.Ref),
		places: make(map[fact.Place]fact.Ref), sites: make(map[fact.Site]fact.Ref), helds: make(map[fact.Held]fact.Ref),
		orders: make(map[*ssa.Function]map[ssa.Instruction]int),
		spots:  make(map[*ssa.Function]map[fact.Ref]ssa.Instruction),
	}
}

// intern returns the place of q in a table, where it puts it if it is new.
func intern[T comparable](table *[]T, at map[T]fact.Ref, q T) fact.Ref {
	r, ok := at[q]
	if !ok {
		*table = append(*table, q)
		r = len(*table)
		at[q] = r
	}
	return r
}

func (t *tables) text(s string) fact.Ref {
	if s == "" {
		return 0
	}
	return intern(&t.strings, t.texts, s)
}

// path writes a path. What starts at a value of one function is outside an
// unknown instance of its class.
func (e *encoder) path(p *lock.Path) fact.Ref {
	if r, ok := e.paths[p]; ok {
		return r
	}
	q := fact.Path{Kind: uint8(p.Kind), Index: p.Index}
	if p.Root().Kind == lock.Local || !e.named(p) {
		q = fact.Path{Kind: uint8(lock.Opaque), Name: e.text(e.classOf(p))}
	} else {
		if p.Base != nil {
			q.Base = e.path(p.Base)
		}
		switch p.Kind {
		case lock.Field:
			q.Field = e.field(p.Obj.(*types.Var))
		case lock.Global:
			if p.Obj.Pkg() != nil {
				q.Pkg = e.text(p.Obj.Pkg().Path())
			}
			q.Name = e.text(p.Obj.Name())
		case lock.Elem:
			if s, ok := p.Key.(string); ok {
				q.Name = e.text(s)
			}
		default:
			q.Name = e.text(p.Name)
		}
	}
	e.out.Paths = append(e.out.Paths, q)
	e.paths[p] = len(e.out.Paths)
	return e.paths[p]
}

// named reports whether all fields of a path have names of their own.
func (e *encoder) named(p *lock.Path) bool {
	for ; p != nil; p = p.Base {
		if p.Kind == lock.Field && e.p.names.FieldName(p.Obj.(*types.Var)).Key == "" {
			return false
		}
	}
	return true
}

func (e *encoder) field(f *types.Var) fact.Ref {
	r, ok := e.fields[f]
	if !ok {
		n := e.p.names.FieldName(f)
		e.out.Fields = append(e.out.Fields, fact.Field{Key: e.text(n.Key), Class: e.text(n.Class), Alias: e.text(n.Alias), Pkg: e.text(f.Pkg().Path()), Name: e.text(f.Name()), Wrapper: n.Wrapper})
		r = len(e.out.Fields)
		e.fields[f] = r
	}
	return r
}

func (e *encoder) place(fn *ssa.Function, in ssa.Instruction) fact.Ref {
	var q fact.Place
	if f, ok := in.(*flow.Far); ok {
		q = fact.Place{Fn: e.text(e.name(f.Fn)), File: e.text(f.File), Line: f.Line, Column: f.Column, Order: f.Order}
	} else {
		file, line, column := e.position(in, fn)
		q = fact.Place{Fn: e.text(e.name(fn)), File: e.text(file), Line: line, Column: column, Order: e.order(in)}
	}
	r := intern(&e.out.Places, e.places, q)
	if e.spots[fn] == nil {
		e.spots[fn] = make(map[fact.Ref]ssa.Instruction)
	}
	e.spots[fn][r] = in
	return r
}

// order numbers the instructions of a function.
func (e *encoder) order(in ssa.Instruction) int {
	f := in.Parent()
	t := e.orders[f]
	if t == nil {
		t = make(map[ssa.Instruction]int)
		for _, b := range f.Blocks {
			for _, x := range b.Instrs {
				t[x] = len(t) + 1
			}
		}
		e.orders[f] = t
	}
	return t[in]
}

func (e *encoder) site(s *flow.Site) fact.Ref {
	q := fact.Site{Place: e.place(s.Fn, s.Instr), Via: e.text(s.Via), Released: s.Released, ByCaller: s.ByCaller, Leaked: s.Inner == nil && e.l.leaked[s.Instr]}
	if s.Inner != nil {
		q.Inner = e.site(s.Inner)
	}
	return intern(&e.out.Sites, e.sites, q)
}

func (e *encoder) held(hs []flow.Held) []fact.Ref {
	var out []fact.Ref
	for i := range hs {
		h := &hs[i]
		out = append(out, e.heldRef(fact.Held{Path: e.path(h.Path), Mode: uint8(h.Mode), Site: e.site(h.Site), Fresh: h.Fresh, Try: h.Try}))
	}
	return out
}

func (e *encoder) holes(hs []flow.Hole) []fact.Ref {
	var out []fact.Ref
	for _, h := range hs {
		out = append(out, e.heldRef(fact.Held{Path: e.path(h.Path), Mode: uint8(h.Mode)}))
	}
	return out
}

func (e *encoder) heldRef(q fact.Held) fact.Ref {
	return intern(&e.out.Helds, e.helds, q)
}

// values writes what is known of slots or results, where it means something
// outside.
func (e *encoder) values(vs []flow.Value) []fact.Value {
	var out []fact.Value
	for i, v := range vs {
		q := fact.Value{Slot: i, Nil: v.Nil, Set: v.Set}
		if v.Path != nil && v.Path.Root().Kind != lock.Local && e.named(v.Path) {
			q.Path = e.path(v.Path)
		}
		if v.Const != nil {
			if s := v.Const.ExactString(); len(s) < 32 {
				q.Const = e.text(s)
			}
		}
		if name := e.p.typeName(v.Dyn); name != "" && e.p.Same(declaredBy(v.Dyn)) {
			q.Dyn, q.OrNil = e.text(name), v.OrNil
		}
		if v.Fn != nil && e.p.general(v.Fn.Fn) != nil {
			q.Fn = e.text(e.name(v.Fn.Fn))
			q.Binds = e.values(v.Fn.Binds)
		}
		if q.Path > 0 || q.Const > 0 || q.Nil || q.Set || q.Dyn > 0 || q.Fn > 0 {
			out = append(out, q)
		}
	}
	return out
}
