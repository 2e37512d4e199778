package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// maxWithin bounds how deep the values in an argument are looked at.
const maxWithin = 5

// namesMethod reports whether what a clause calls is a method of an argument,
// and no field of it.
func (o operands) namesMethod(e model.Expr) bool {
	if e.Operand != model.Arg || len(e.Fields) != 1 || e.Index >= len(o.args) {
		return false
	}
	t := o.args[e.Index].Type()
	if types.IsInterface(t) || isVariadic(t) {
		return true
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, typePackage(t), e.Fields[0])
	_, ok := obj.(*types.Func)
	return ok
}

// isVariadic reports whether a parameter takes values of any type.
func isVariadic(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	return ok && types.IsInterface(s.Elem())
}

// methodCallees resolves the methods that a library calls of a value, which it
// sees as an interface or by reflection.
func (a *analysis) methodCallees(c *model.Clause, site ssa.CallInstruction, ops operands) []Callee {
	if !ops.namesMethod(c.Expr) {
		return nil
	}
	w := methodSearch{a: a, c: c, site: site, args: ops.values(c.Args), names: strings.Split(c.Expr.Fields[0], "|"), seen: make(map[types.Type]bool)}
	values := []ssa.Value{ops.args[c.Expr.Index]}
	if isVariadic(values[0].Type()) {
		values = variadic(values[0])
	}
	for _, v := range values {
		x := a.eval(v)
		t := v.Type()
		if types.IsInterface(t) {
			t = x.Dyn
		}
		if t != nil {
			x.Dyn = nil
			w.visit(t, x, false, 0)
		}
	}
	return w.out
}

// A methodSearch looks for values that have a method.
type methodSearch struct {
	a     *analysis
	c     *model.Clause
	site  ssa.CallInstruction
	args  []Value
	names []string
	seen  map[types.Type]bool
	out   []Callee
}

// visit looks at a value, and at those in it if it has no such method itself.
// Of an addressable value the methods of its pointer count. A value in an
// interface is not known.
func (w *methodSearch) visit(t types.Type, v Value, addressable bool, depth int) {
	if depth > maxWithin || w.seen[t] || types.IsInterface(t) {
		return
	}
	w.seen[t] = true
	for _, name := range w.names {
		m := w.a.host.Method(t, name)
		if m == nil && addressable {
			m = w.a.host.Method(types.NewPointer(t), name)
		}
		if m != nil {
			args := append([]Value{v}, w.args...)
			w.out = append(w.out, w.a.host.Bound(w.a.node, w.site, &FuncVal{Fn: m}, args, "model")...)
			return
		}
	}
	if !w.c.Within {
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		w.visit(u.Elem(), v, true, depth+1)
	case *types.Slice:
		w.visit(u.Elem(), w.elem(v), true, depth+1)
	case *types.Array:
		w.visit(u.Elem(), w.elem(v), addressable, depth+1)
	case *types.Map:
		w.visit(u.Elem(), w.elem(v), false, depth+1)
	case *types.Struct:
		w.fields(t, u, v, addressable, depth)
	}
}

// fields visits the fields that an encoder sees: the exported ones, unless
// their tag leaves them out.
func (w *methodSearch) fields(t types.Type, s *types.Struct, v Value, addressable bool, depth int) {
	for i := range s.NumFields() {
		f := s.Field(i)
		if !f.Exported() && !f.Embedded() || strings.Contains(s.Tag(i), `:"-"`) {
			continue
		}
		var x Value
		if v.Path != nil {
			x.Path = w.a.selectField(v.Path, t, f)
		}
		w.visit(f.Type(), x, addressable, depth+1)
	}
}

// elem is some element of a value.
func (w *methodSearch) elem(v Value) Value {
	if v.Path == nil {
		return Value{}
	}
	return Value{Path: w.a.host.Paths().Elem(v.Path, nil)}
}
