package report

import "strings"

// A declaration is where a canonical name of a lock says that it is declared.
type declaration struct {
	pkg   string // import path
	typ   string // the type or function; "" for a package variable
	label string // the name without its package
}

// declaredIn takes a canonical name apart: import/path.Type.field,
// import/path.var, import/path.Func.local or (*import/path.Type).Method.local.
// What is none of these is all label.
func declaredIn(name string) declaration {
	open := ""
	rest := name
	for _, receiver := range []string{"(*", "("} {
		if after, ok := strings.CutPrefix(name, receiver); ok {
			open, rest = receiver, after
			break
		}
	}
	pkg := packageOf(rest)
	local, ok := strings.CutPrefix(rest, pkg+".")
	if !ok || pkg == "" || local == "" {
		return declaration{label: name}
	}
	d := declaration{pkg: pkg, label: open + local}
	if open != "" {
		d.typ, _, _ = strings.Cut(local, ")")
		return d
	}
	if i := dotOutside(local); i > 0 {
		d.typ = local[:i]
	}
	return d
}

// dotOutside returns the place of the first dot of s that stands outside of the
// brackets of type arguments, or -1.
func dotOutside(s string) int {
	depth := 0
	for i, r := range s {
		switch r {
		case '[':
			depth++
		case ']':
			depth--
		case '.':
			if depth == 0 {
				return i
			}
		}
	}
	return -1
}
