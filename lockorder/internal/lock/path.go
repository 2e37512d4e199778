package lock

import (
	"fmt"
	"go/types"
	"strconv"
	"strings"
)

// A PathKind says what the last element of a path is: a root or a selector.
type PathKind uint8

// Roots, then selectors.
const (
	Param  PathKind = iota // the Index'th parameter (receiver first)
	Free                   // the Index'th free variable of a closure
	Result                 // the Index'th result of a call
	Global                 // the package variable Obj
	Local                  // the value Key of one function: an allocation, a call's result, a phi
	Opaque                 // an unknown instance of the class Name

	Field  // the field Obj of Base
	Elem   // an element of Base; Key, if not nil, tells two elements apart
	Bind   // the Index'th free variable of the closure Base
	View   // the shared (read) side of the lock Base, as RWMutex.RLocker returns
	Pseudo // the model's lock Name, of the object Base (nil: one for all)
	Rank   // the lock Base, in a class of its own by Name
)

// A Path is an interned access path; compare with ==.
type Path struct {
	Kind  PathKind
	Index int
	Base  *Path        // of a selector
	Obj   types.Object // of Global and Field
	Key   any          // of Local and Elem: comparable
	Name  string       // of Opaque and Pseudo, of a Bind's function; of a Field, the type arguments of its struct

	ID    int // dense, in order of creation
	depth int
	root  *Path
	keys  bool // some element carries a Key
	below *selectors
}

// Root returns the first element of p.
func (p *Path) Root() *Path { return p.root }

// Depth returns the number of selectors in p.
func (p *Path) Depth() int { return p.depth }

// IsSelector reports whether p selects from a Base.
func (p *Path) IsSelector() bool { return p.Base != nil }

// Mentions reports whether p depends on the value of key: a new value of it
// makes p another path.
func (p *Path) Mentions(key any) bool {
	if !p.keys {
		return false
	}
	for ; p != nil; p = p.Base {
		if p.Key == key {
			return true
		}
	}
	return false
}

// Keyed reports whether p depends on a value of the function it is used in.
func (p *Path) Keyed() bool { return p.keys }

// Exact reports whether p, within one activation of its function, names one
// instance: two uses of p are uses of the same lock.
func (p *Path) Exact() bool {
	for q := p; q != nil; q = q.Base {
		switch q.Kind {
		case Opaque:
			return false
		case Elem:
			if q.Key == nil || q.Key == Every || q.Key == Past {
				return false
			}
		}
	}
	return true
}

// Keys of elements, beside the texts of constants and the values of a function.
const (
	Every = "∀"  // it stands for all elements: a loop has come, or comes, to each
	Past  = "∀<" // for those that a loop has come to in its earlier turns
)

// Covers reports whether p and q name the same of an element of one container,
// and one of them that of every element: whichever the other is of, it is among
// them.
func Covers(p, q *Path) bool {
	some := false
	for p.Kind == q.Kind && p.Base != nil && q.Base != nil {
		switch {
		case p.Kind == Elem && (p.Key == Every || q.Key == Every) && p.Key != Past && q.Key != Past:
			some = true
		case p.Kind == Field && p.Obj == q.Obj && p.Name == q.Name:
		default:
			return false
		}
		p, q = p.Base, q.Base
		if some {
			return p == q && p.Exact()
		}
	}
	return false
}

// HasElem reports whether p leads through an element of something.
func (p *Path) HasElem() bool {
	for ; p != nil; p = p.Base {
		if p.Kind == Elem {
			return true
		}
	}
	return false
}

// HasPrefix reports whether p is q or selects from q.
func (p *Path) HasPrefix(q *Path) bool {
	for ; p != nil; p = p.Base {
		if p == q {
			return true
		}
	}
	return false
}

// Whole is the lock of which p names the read side, or else p.
func (p *Path) Whole() *Path {
	for p.Kind == View {
		p = p.Base
	}
	return p
}

// String is for people and for sorting; it is not a canonical name.
func (p *Path) String() string {
	var b strings.Builder
	p.write(&b)
	return b.String()
}

func (p *Path) write(b *strings.Builder) {
	if p.Base != nil {
		p.Base.write(b)
	}
	switch p.Kind {
	case Param:
		b.WriteString("param" + strconv.Itoa(p.Index))
	case Free:
		b.WriteString("free" + strconv.Itoa(p.Index))
	case Result:
		b.WriteString("result" + strconv.Itoa(p.Index))
	case Global:
		b.WriteString(p.Obj.Pkg().Path() + "." + p.Obj.Name())
	case Local:
		b.WriteString("local")
	case Opaque:
		b.WriteString("?" + p.Name)
	case Field:
		b.WriteString("." + p.Obj.Name())
	case Elem:
		if s, ok := p.Key.(string); ok {
			b.WriteString("[" + s + "]")
		} else {
			b.WriteString("[*]")
		}
	case Bind:
		b.WriteString("^" + strconv.Itoa(p.Index))
	case View:
		b.WriteString(".RLocker()")
	case Pseudo, Rank:
		fmt.Fprintf(b, "~%s", p.Name)
	}
}

// maxDepth bounds the selectors of a path; a longer one is of unknown
// instance. Real lock paths are short; recursion over a linked structure
// makes them grow without end.
const maxDepth = 8

type pathKey struct {
	kind  PathKind
	index int
	base  *Path
	obj   types.Object
	key   any
	name  string
}

// Paths interns paths. The zero value is ready.
//
// Most paths are of fields, elements and locals: they have tables of their own,
// with small keys, those of a selector in the path that it selects from.
type Paths struct {
	// Leads, if not nil, returns the path to which the selector p always
	// leads, or nil: from a child to its owner, say.
	Leads func(p *Path) *Path

	params []*Path
	locals map[any]*Path
	others map[pathKey]*Path
	n      int
}

func (t *Paths) intern(k pathKey) *Path {
	p, ok := t.others[k]
	if !ok {
		if t.others == nil {
			t.others = make(map[pathKey]*Path)
		}
		p = t.add(k)
		t.others[k] = p
	}
	return p
}

// add makes a new path.
func (t *Paths) add(k pathKey) *Path {
	p := &Path{Kind: k.kind, Index: k.index, Base: k.base, Obj: k.obj, Key: k.key, Name: k.name, ID: t.n}
	t.n++
	p.root = p
	if _, isConst := k.key.(string); k.key != nil && !isConst {
		p.keys = true
	}
	if k.base != nil {
		p.root = k.base.root
		p.depth = k.base.depth + 1
		p.keys = p.keys || k.base.keys
	}
	return p
}

// Param returns the path of the i'th parameter.
func (t *Paths) Param(i int) *Path {
	for len(t.params) <= i {
		t.params = append(t.params, t.intern(pathKey{kind: Param, index: len(t.params)}))
	}
	return t.params[i]
}

// Free returns the path of the i'th free variable.
func (t *Paths) Free(i int) *Path { return t.intern(pathKey{kind: Free, index: i}) }

// Result returns the path of the i'th result.
func (t *Paths) Result(i int) *Path { return t.intern(pathKey{kind: Result, index: i}) }

// Global returns the path of a package variable.
func (t *Paths) Global(v types.Object) *Path { return t.intern(pathKey{kind: Global, obj: v}) }

// Local returns the path of a value of one function.
func (t *Paths) Local(key any) *Path {
	p, ok := t.locals[key]
	if !ok {
		if t.locals == nil {
			t.locals = make(map[any]*Path)
		}
		p = t.add(pathKey{kind: Local, key: key})
		t.locals[key] = p
	}
	return p
}

// Opaque returns an unknown instance of a class.
func (t *Paths) Opaque(class string) *Path { return t.intern(pathKey{kind: Opaque, name: class}) }

// Field selects a field of a struct whose type has the given type arguments
// (see Names.TypeArgs). It returns nil when the path would be too long.
func (t *Paths) Field(base *Path, f *types.Var, args string) *Path {
	if base.depth >= maxDepth {
		return nil
	}
	f = f.Origin()
	below := base.selectors()
	p := below.field(f, args)
	if p == nil {
		p = t.add(pathKey{kind: Field, base: base, obj: f, name: args})
		below.setField(f, args, p)
		if q := t.leads(p); q != nil {
			below.setField(f, args, q)
			return q
		}
	}
	return p
}

// Elem selects an element; key tells elements of one base apart and may be
// nil, a constant's text, or a value of the function.
func (t *Paths) Elem(base *Path, key any) *Path {
	if base.depth >= maxDepth {
		return nil
	}
	below := base.selectors()
	p := below.elem(key)
	if p == nil {
		p = t.add(pathKey{kind: Elem, base: base, key: key})
		below.setElem(key, p)
	}
	return p
}

// Bind selects a free variable of the closure that base holds; fn, if not "",
// names the closure's function.
func (t *Paths) Bind(base *Path, i int, fn string) *Path {
	k := pathKey{kind: Bind, base: base, index: i, name: fn}
	if p, ok := t.others[k]; ok {
		return p
	}
	p := t.sel(k)
	if p == nil {
		return nil
	}
	if q := t.leads(p); q != nil {
		t.others[k] = q
		return q
	}
	return p
}

func (t *Paths) leads(p *Path) *Path {
	if t.Leads == nil {
		return nil
	}
	return t.Leads(p)
}

// View is the read side of a lock.
func (t *Paths) View(base *Path) *Path { return t.sel(pathKey{kind: View, base: base}) }

// Pseudo is a model's lock of the object base, which may be nil.
func (t *Paths) Pseudo(base *Path, name string) *Path {
	return t.sel(pathKey{kind: Pseudo, base: base, name: name})
}

// Rank is the lock base in a class of its own.
func (t *Paths) Rank(base *Path, name string) *Path {
	return t.sel(pathKey{kind: Rank, base: base, name: name})
}

func (t *Paths) sel(k pathKey) *Path {
	if k.base != nil && k.base.depth >= maxDepth && k.kind != Pseudo && k.kind != Rank {
		return nil
	}
	return t.intern(k)
}

// Rebase replaces the root of p: root gives the path that takes the place of
// p's root, or nil when there is none, and then Rebase returns nil. Keys of
// elements, which mean nothing outside of their function, are dropped.
func (t *Paths) Rebase(p *Path, root func(*Path) *Path) *Path {
	if p.Base == nil {
		return root(p)
	}
	base := t.Rebase(p.Base, root)
	if base == nil {
		return nil
	}
	if p.Kind == Field {
		return t.Field(base, p.Obj.(*types.Var), p.Name)
	}
	if p.Kind == Elem {
		if s, ok := p.Key.(string); ok {
			return t.Elem(base, s)
		}
		return t.Elem(base, nil)
	}
	return t.sel(pathKey{kind: p.Kind, index: p.Index, base: base, obj: p.Obj, key: p.Key, name: p.Name})
}

// Rekey gives the elements on p other keys.
func (t *Paths) Rekey(p *Path, key func(any) any) *Path {
	if p.Base == nil {
		return p
	}
	base := t.Rekey(p.Base, key)
	if base == nil {
		return nil
	}
	switch p.Kind {
	case Field:
		return t.Field(base, p.Obj.(*types.Var), p.Name)
	case Elem:
		return t.Elem(base, key(p.Key))
	}
	return t.sel(pathKey{kind: p.Kind, index: p.Index, base: base, obj: p.Obj, key: p.Key, name: p.Name})
}
