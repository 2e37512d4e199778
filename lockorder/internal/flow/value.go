package flow

import (
	"go/constant"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A Value is what is known of an SSA value. The zero Value: nothing.
type Value struct {
	Path  *lock.Path     // where it comes from
	Fn    *FuncVal       // the function it is, unless OrNil
	Const constant.Value // the constant it is
	Nil   bool           // it is nil
	Dyn   types.Type     // the concrete type of an interface,
	OrNil bool           // unless it is nil
	New   bool           // of an argument: nobody but the caller knows the object
	Set   bool           // of an argument or a result: it is not nil
	Like  int            // in a context, of what a closure binds: 1 + the slot that it is

	// Fields are the values of an object's fields that never change once the
	// object is made.
	Fields map[*types.Var]Value
}

// A FuncVal is a known function with the values of its free variables.
type FuncVal struct {
	Fn    *ssa.Function
	Binds []Value
}

// Some reports whether v is known not to be nil.
func (v Value) Some() bool {
	return v.Set || (v.Fn != nil || v.Dyn != nil) && !v.OrNil
}

// Shape describes what of v distinguishes a context: the function, nil, or
// the constant that it is, or that it is not nil; "" if nothing.
func (v Value) Shape() string {
	switch {
	case v.Fn != nil:
		var b strings.Builder
		b.WriteString(FuncKey(v.Fn.Fn))
		for i, x := range v.Fn.Binds {
			if s := x.Shape(); s != "" {
				b.WriteString("(" + strconv.Itoa(i) + "=" + s + ")")
			}
		}
		if v.OrNil {
			b.WriteString("?")
		}
		return b.String()
	case v.Nil:
		return "nil"
	case v.Const != nil:
		return v.Const.ExactString()
	case v.Like > 0:
		return "slot" + strconv.Itoa(v.Like-1)
	case v.Set:
		return "set"
	}
	return ""
}

// Alike notes of what a function value binds that it is another of the values
// of the call: s.wrap(s.beat) passes s twice.
func (v Value) Alike(vals []Value) Value {
	if v.Fn == nil {
		return v
	}
	var fn *FuncVal
	for i, b := range v.Fn.Binds {
		for j := range vals {
			if b.Shape() != "" && b.Shape() != "set" || b.Path == nil || b.Path != vals[j].Path || !b.Path.Exact() || isConst(b.Path) {
				continue
			}
			if fn == nil {
				fn = &FuncVal{Fn: v.Fn.Fn, Binds: append([]Value(nil), v.Fn.Binds...)}
				v.Fn = fn
			}
			fn.Binds[i].Like = j + 1
			break
		}
	}
	return v
}

func isConst(p *lock.Path) bool {
	_, ok := p.Root().Key.(*ssa.Const)
	return ok
}

// and is what is true of both values. A nil interface has no dynamic type to
// speak against that of the other: nothing is called on it.
func (v Value) and(w Value) Value {
	v.OrNil = v.OrNil || w.OrNil || v.Nil || w.Nil
	v.Set, w.Set = v.Set && w.Set, v.Set && w.Set
	switch {
	case v.Nil:
		v.Fields = w.Fields
	case !w.Nil:
		v.Fields = common(v.Fields, w.Fields)
	}
	switch {
	case v.Dyn == nil && v.Nil:
		v.Dyn = w.Dyn
	case w.Dyn == nil && w.Nil:
	case v.Dyn == nil || w.Dyn == nil || !types.Identical(v.Dyn, w.Dyn):
		v.Dyn = nil
	}
	path := v.Path // nothing is below nil, so that the other's is what there is
	switch {
	case v.Nil:
		path = w.Path
	case !w.Nil && v.Path != w.Path:
		path = nil
	}
	w.OrNil = v.OrNil
	switch {
	case v.Nil && w.Fn != nil:
		v.Fn, v.Nil = w.Fn, false
	case w.Nil && v.Fn != nil: // who calls it calls that
	case v.Shape() != w.Shape():
		v.Fn, v.Const, v.Nil = nil, nil, false
	}
	if v.Path != path {
		v.Path = path
		if v.Fn != nil && len(v.Fn.Binds) > 0 {
			v.Fn = nil // one function, but of different objects
		}
	}
	return v
}

// common keeps the fields that two objects have the same value in.
func common(x, y map[*types.Var]Value) map[*types.Var]Value {
	var out map[*types.Var]Value
	for f, v := range x {
		w, ok := y[f]
		if !ok || v.Path != w.Path || v.Shape() != w.Shape() {
			continue
		}
		if out == nil {
			out = make(map[*types.Var]Value)
		}
		out[f] = v.and(w)
	}
	return out
}

// FuncKey names a function uniquely, and the same in every run.
func FuncKey(f *ssa.Function) string {
	if f.Pkg == nil && f.Synthetic != "" {
		return f.String() + "#" + f.Synthetic
	}
	return f.String()
}

// Strip removes the paths of v, which mean nothing in the callee, and keeps
// its shape.
func (v Value) Strip() Value { return v.strip(0) }

// strip removes the paths of v, which mean nothing in the callee, and keeps
// its shape.
func (v Value) strip(depth int) Value {
	w := Value{Const: v.Const, Nil: v.Nil, New: v.New, Like: v.Like, Set: v.Set && v.Like == 0}
	w.OrNil = v.OrNil && v.Fn != nil
	if v.Fn != nil && depth < maxShape {
		w.Fn = &FuncVal{Fn: v.Fn.Fn, Binds: make([]Value, len(v.Fn.Binds))}
		for i, b := range v.Fn.Binds {
			w.Fn.Binds[i] = b.strip(depth + 1)
		}
	}
	return w
}

// maxShape bounds the closures within closures that a context tells apart.
const maxShape = 3

// At gives a stripped value the paths it has in the callee, below base or
// below one of the callee's slots: so many parameters, then free variables.
func (v Value) At(paths *lock.Paths, base *lock.Path, params int) Value {
	w := Value{Path: base, Const: v.Const, Nil: v.Nil, Dyn: v.Dyn, Fields: v.Fields, Set: v.Set}
	w.OrNil = v.OrNil && v.Fn == nil
	if v.Fn != nil {
		w.Fn = &FuncVal{Fn: v.Fn.Fn, Binds: make([]Value, len(v.Fn.Binds))}
		for i, b := range v.Fn.Binds {
			p := paths.Bind(base, i, "")
			switch j := b.Like - 1; {
			case j >= params:
				p = paths.Free(j - params)
			case j >= 0:
				p = paths.Param(j)
			}
			if p != nil {
				w.Fn.Binds[i] = b.At(paths, p, params)
			}
		}
	}
	return w
}

// Env gives the values of a callee's roots in the caller.
type Env struct {
	Args    []Value
	Binds   []Value
	Results []Value
}

// Subst rewrites a path of the callee into a value of the caller.
func (e *Env) Subst(paths *lock.Paths, p *lock.Path) Value {
	var roots []Value
	switch p.Kind {
	case lock.Param:
		roots = e.Args
	case lock.Free:
		roots = e.Binds
	case lock.Result:
		roots = e.Results
	case lock.Global, lock.Opaque:
		return Value{Path: p}
	case lock.Local:
		if foreign(p) {
			return Value{Path: p}
		}
		return Value{}
	case lock.Pseudo:
		if p.Base == nil {
			return Value{Path: p}
		}
	}
	if p.Base == nil {
		if p.Index < len(roots) {
			return roots[p.Index]
		}
		return Value{}
	}
	base := e.Subst(paths, p.Base)
	switch p.Kind {
	case lock.Bind:
		if base.Fn != nil && p.Index < len(base.Fn.Binds) && (p.Name == "" || p.Name == FuncKey(base.Fn.Fn)) {
			return base.Fn.Binds[p.Index]
		}
	case lock.Field:
		if w, ok := base.Fields[p.Obj.(*types.Var)]; ok {
			return w
		}
	}
	if base.Path == nil {
		return Value{}
	}
	switch p.Kind {
	case lock.Field:
		return Value{Path: paths.Field(base.Path, p.Obj.(*types.Var), p.Name)}
	case lock.Elem:
		if s, ok := p.Key.(string); ok {
			return Value{Path: paths.Elem(base.Path, s)}
		}
		return Value{Path: paths.Elem(base.Path, nil)}
	case lock.Bind:
		return Value{Path: paths.Bind(base.Path, p.Index, p.Name)}
	case lock.View:
		return Value{Path: paths.View(base.Path)}
	case lock.Pseudo:
		return Value{Path: paths.Pseudo(base.Path, p.Name)}
	case lock.Rank:
		return Value{Path: paths.Rank(base.Path, p.Name)}
	}
	return Value{}
}

// Lower rewrites a value of a callee into the caller's terms.
func (e *Env) Lower(paths *lock.Paths, v Value) Value {
	return e.lower(paths, v, 0)
}

func (e *Env) lower(paths *lock.Paths, v Value, depth int) Value {
	w := Value{Const: v.Const, Nil: v.Nil, Dyn: v.Dyn, OrNil: v.OrNil}
	if v.Path != nil {
		s := e.Subst(paths, v.Path)
		w.Path = s.Path
		if s.Fn != nil || s.Nil || s.Const != nil {
			return s
		}
	}
	if v.Fn != nil {
		w.Fn = &FuncVal{Fn: v.Fn.Fn, Binds: make([]Value, len(v.Fn.Binds))}
		for i, b := range v.Fn.Binds {
			w.Fn.Binds[i] = e.lower(paths, b, depth+1)
		}
	}
	if len(v.Fields) > 0 && depth < maxShape {
		w.Fields = make(map[*types.Var]Value, len(v.Fields))
		for f, x := range v.Fields {
			w.Fields[f] = e.lower(paths, x, depth+1)
		}
	}
	return w
}
