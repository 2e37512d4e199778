package policy

import (
	"fmt"
	"go/types"
	"strings"

	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// check reports an operand of c that the function does not have. The engine
// would pass over it, and the clause would say nothing.
func check(c *model.Clause, f *types.Func) error {
	sig := f.Signature()
	e := c.Expr
	if n := len(e.Fields); c.Verb == model.Calls && n == 1 && (c.Within || hasMethod(e, sig)) {
		e.Fields = nil
	}
	exprs := []model.Expr{e}
	if c.Holding != nil {
		exprs = append(exprs, *c.Holding)
	}
	// Args belong to the function that is called, in terms of this one.
	exprs = append(exprs, c.Args...)
	if c.Rank >= 0 {
		exprs = append(exprs, model.Expr{Operand: model.Arg, Index: c.Rank})
	}
	if c.If != nil {
		e := model.Expr{Operand: model.Result, Index: c.If.Result}
		if c.If.Field != "" {
			e.Fields = []string{c.If.Field}
		}
		exprs = append(exprs, e)
	}
	for _, e := range exprs {
		if err := operand(e, f.Pkg(), sig); err != nil {
			return err
		}
	}
	return nil
}

// hasMethod reports whether e is a method of an argument, or may be one of what
// is in an interface.
func hasMethod(e model.Expr, sig *types.Signature) bool {
	i := e.Index
	var t types.Type
	switch {
	case e.Operand != model.Arg:
		return false
	case sig.Recv() == nil:
	case i == 0:
		t = sig.Recv().Type()
	default:
		i--
	}
	if t == nil {
		if i >= sig.Params().Len() {
			return false
		}
		t = sig.Params().At(i).Type()
	}
	if types.IsInterface(t) {
		return true
	}
	if s, ok := t.Underlying().(*types.Slice); ok && types.IsInterface(s.Elem()) {
		return true
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, e.Fields[0])
	_, ok := obj.(*types.Func)
	return ok
}

func operand(e model.Expr, pkg *types.Package, sig *types.Signature) error {
	var t types.Type
	switch e.Operand {
	case model.Nothing:
		if sig.Recv() == nil && e.Pseudo == pkg.Path()+".recv" {
			return fmt.Errorf("a function that is no method has no recv")
		}
		return nil
	case model.Arg:
		i := e.Index
		if sig.Recv() != nil {
			i--
		}
		switch {
		case i < 0:
			t = sig.Recv().Type()
		case i < sig.Params().Len():
			t = sig.Params().At(i).Type()
		default:
			return fmt.Errorf("no arg%d: %s", i, count(sig.Params().Len(), "parameter"))
		}
	case model.Result:
		if e.Index >= sig.Results().Len() {
			return fmt.Errorf("no result%d: %s", e.Index, count(sig.Results().Len(), "result"))
		}
		t = sig.Results().At(e.Index).Type()
	}
	for _, name := range e.Fields {
		f, _ := field(t, pkg, name)
		if f == nil {
			return fmt.Errorf("%s has no field %s", t, name)
		}
		t = f.Type()
	}
	return nil
}

func count(n int, what string) string {
	if n == 1 {
		return "the function has 1 " + what
	}
	return fmt.Sprintf("the function has %d %ss", n, what)
}

// field finds the field of t, or of what t's elements are, with the path of
// fields that leads there through embedded structs.
func field(t types.Type, pkg *types.Package, name string) (*types.Var, []*types.Var) {
	t = elem(t)
	// An unexported field is found from its own package only, and a policy
	// may name the fields of any type.
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil {
		pkg = named.Obj().Pkg()
	}
	obj, index, _ := types.LookupFieldOrMethod(t, true, pkg, name)
	v, ok := obj.(*types.Var)
	if !ok {
		return nil, nil
	}
	var way []*types.Var
	for _, i := range index {
		s, ok := elem(t).Underlying().(*types.Struct)
		if !ok {
			break
		}
		way = append(way, s.Field(i))
		t = s.Field(i).Type()
	}
	return v, way
}

// elem looks through pointers, slices, arrays and maps. It gives up on types
// such as type T []T.
func elem(t types.Type) types.Type {
	for range 10 {
		switch u := types.Unalias(t).(type) {
		case *types.Pointer:
			t = u.Elem()
		case *types.Slice:
			t = u.Elem()
		case *types.Array:
			t = u.Elem()
		case *types.Map:
			t = u.Elem()
		case *types.Named:
			switch u.Underlying().(type) {
			case *types.Pointer, *types.Slice, *types.Array, *types.Map:
				t = u.Underlying()
				continue
			}
			return t
		default:
			return t
		}
	}
	return t
}

// bare takes the [*] off an element of a name and counts them.
func bare(part string) (name string, elems int) {
	for strings.HasSuffix(part, "[*]") {
		part = strings.TrimSuffix(part, "[*]")
		elems++
	}
	return part, elems
}
