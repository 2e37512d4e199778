package flow

import (
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// FuncName writes a function as import/path.(*T).m.
func FuncName(f *ssa.Function) string {
	s := f.String()
	if f.Parent() != nil {
		p := FuncName(f.Parent())
		return p + strings.TrimPrefix(s, f.Parent().String())
	}
	if strings.HasPrefix(s, "(") {
		end := strings.IndexByte(s, ')')
		recv, rest := s[1:end], s[end+1:]
		star := strings.HasPrefix(recv, "*")
		recv = strings.TrimPrefix(recv, "*")
		if i := pathEnd(recv); i >= 0 {
			t := recv[i+1:]
			if star {
				t = "(*" + t + ")"
			}
			return recv[:i] + "." + t + rest
		}
	}
	return s
}

// Wrapper reports whether an instruction of f is one of a wrapper that the
// compiler makes.
func Wrapper(f *ssa.Function, in ssa.Instruction) bool {
	if _, ok := in.(*Far); ok {
		return strings.Contains(f.Synthetic, "wrapper for") || strings.Contains(f.Synthetic, "thunk for")
	}
	return f.Synthetic != "" && !in.Pos().IsValid()
}

// pathEnd finds the dot between an import path and a type's name, which may
// have type arguments.
func pathEnd(s string) int {
	if i := strings.IndexByte(s, '['); i >= 0 {
		s = s[:i]
	}
	slash := strings.LastIndexByte(s, '/')
	dot := strings.IndexByte(s[slash+1:], '.')
	if dot < 0 {
		return -1
	}
	// gopkg.in/yaml.v3.Type: the type follows the last dot
	return slash + 1 + strings.LastIndexByte(s[slash+1:], '.')
}

// LocalName names the class of a lock that is a value of one function: by the
// variable, or by its type where it has none.
func LocalName(key any) string {
	v := key.(ssa.Value)
	if v.Parent() == nil { // of no function: a nil channel, a struct's zero value
		return typeName(v.Type())
	}
	name := FuncName(v.Parent()) + "."
	if mk, ok := v.(*ssa.MakeChan); ok {
		return name + chanName(mk)
	}
	if res := resultName(v); res != "" {
		return name + res
	}
	if alloc, ok := v.(*ssa.Alloc); ok && token.IsIdentifier(alloc.Comment) && alloc.Comment != "new" {
		return name + alloc.Comment
	}
	return name + typeName(v.Type())
}

// resultName names a channel that a call returns by who is called, and by its
// number if there are several results: two channels are not one because both
// have no name. It is "" for any other value.
func resultName(v ssa.Value) string {
	if _, ok := v.Type().Underlying().(*types.Chan); !ok {
		return ""
	}
	n := ""
	if x, ok := v.(*ssa.Extract); ok {
		v, n = x.Tuple, strconv.Itoa(x.Index+1)
	}
	call, ok := v.(*ssa.Call)
	switch {
	case !ok:
		return ""
	case call.Call.IsInvoke():
		return call.Call.Method.Name() + n
	case call.Call.StaticCallee() != nil:
		return call.Call.StaticCallee().Name() + n
	}
	return ""
}

// chanName numbers the channels that a function makes. The name of the
// variable is lost where no closure shares it.
func chanName(mk *ssa.MakeChan) string {
	n := 0
	for _, b := range mk.Parent().Blocks {
		for _, in := range b.Instrs {
			if _, ok := in.(*ssa.MakeChan); ok {
				n++
			}
			if in == ssa.Instruction(mk) {
				return "chan" + strconv.Itoa(n)
			}
		}
	}
	return "chan"
}

// typeName is a short word for the type of a value that has no name.
func typeName(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return strings.ToLower(n.Obj().Name())
	}
	return "value"
}
