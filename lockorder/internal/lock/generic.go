package lock

import (
	"go/types"
	"strings"
)

// Instantiations of a generic type are classes of their own: no object is of
// two of them. Their names have the type arguments behind the type, with the
// names of packages instead of their paths: import/path.Set[*server.conn].mu.
// Where a type is known only as it is declared, as in the body of a generic
// function that nobody calls, it has none.

// TypeArgs returns the type arguments of an instantiated type as they stand in
// the names of its locks; "" if it has none, or one of them is open.
func (n *Names) TypeArgs(t *types.Named) string {
	if t == nil || t.TypeArgs().Len() == 0 || n.Unit != nil && t.Obj().Pkg() != n.Unit {
		return ""
	}
	args, ok := n.args[t]
	if !ok {
		args = typeArgs(t)
		n.args[t] = args
	}
	return args
}

func typeArgs(t *types.Named) string {
	var b strings.Builder
	for i := range t.TypeArgs().Len() {
		arg := t.TypeArgs().At(i)
		if open(arg, 0) {
			return ""
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(types.TypeString(arg, (*types.Package).Name))
	}
	return "[" + b.String() + "]"
}

// open reports whether a type parameter is a part of t.
func open(t types.Type, depth int) bool {
	if depth > 8 {
		return false
	}
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			if open(arg, depth+1) {
				return true
			}
		}
	case *types.Map:
		return open(t.Key(), depth+1) || open(t.Elem(), depth+1)
	case interface{ Elem() types.Type }: // pointer, slice, array, channel
		return open(t.Elem(), depth+1)
	case *types.Signature:
		return open(t.Params(), depth+1) || open(t.Results(), depth+1)
	case *types.Tuple:
		for v := range t.Variables() {
			if open(v.Type(), depth+1) {
				return true
			}
		}
	case *types.Struct:
		for f := range t.Fields() {
			if open(f.Type(), depth+1) {
				return true
			}
		}
	}
	return false
}

// ArgsBelow returns the type arguments of what the field f holds, or points
// to, in a struct with the given ones: its own, or those of the struct where
// it hands them on as they are.
func (n *Names) ArgsBelow(f *types.Var, args string) string {
	t := types.Unalias(f.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok {
		return ""
	}
	for i := range named.TypeArgs().Len() {
		if p, ok := named.TypeArgs().At(i).(*types.TypeParam); !ok || p.Index() != i {
			return n.TypeArgs(named)
		}
	}
	if named.TypeArgs().Len() == 0 {
		return ""
	}
	return args
}

// argsOf returns the type arguments of owner, a field of which q is: those of
// the struct, or of one around it.
func (n *Names) argsOf(q *Path, owner *types.TypeName) string {
	for ; q != nil && q.Kind == Field && owner != nil && n.owners[q.Obj.(*types.Var)] == owner; q = q.Base {
		if q.Name != "" {
			return q.Name
		}
	}
	return ""
}

// instantiate puts type arguments behind the type in the name of its field.
func instantiate(name string, owner *types.TypeName, args string) string {
	if args == "" || owner == nil {
		return name
	}
	if rest, ok := strings.CutPrefix(name, qualified(owner)); ok {
		return qualified(owner) + args + rest
	}
	return name // of the one variable of the type
}

// name is the class that a field refers to, in a struct with type arguments.
func (a alias) name(args string) string {
	if a.args != "" {
		args = a.args
	}
	if a.owner == nil {
		return a.class
	}
	if named, ok := a.owner.Type().(*types.Named); !ok || named.TypeParams().Len() == 0 {
		return a.class
	}
	return instantiate(a.class, a.owner, args)
}

// Generic returns a name without type arguments: what all instantiations of
// a type, or of a function, have in common.
func Generic(name string) string {
	if !strings.ContainsRune(name, '[') {
		return name
	}
	var b strings.Builder
	for name != "" {
		i := strings.IndexByte(name, '[')
		if i < 0 {
			break
		}
		b.WriteString(name[:i])
		end := closing(name, i)
		if group := name[i:end]; group == "[*]" { // an element
			b.WriteString(group)
		}
		name = name[end:]
	}
	b.WriteString(name)
	return b.String()
}

// closing returns where the bracket that opens at i has been closed.
func closing(s string, i int) int {
	depth := 0
	for ; i < len(s); i++ {
		switch s[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}
