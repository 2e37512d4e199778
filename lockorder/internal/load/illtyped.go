package load

import (
	"fmt"
	"go/types"
	"strings"

	"golang.org/x/tools/go/packages"
)

// check decides whether SSA can be built: go/ssa panics over type errors, in
// goroutines that no recover reaches.
//
// An error in an initial package, or in one of the main module, is the user's
// to mend. A dependency with errors, such as one whose C is not there, is left
// out, its types kept without bodies as if read from export data; so are the
// dependencies that make use of what it could not declare. Whatever else imports
// it is whole.
func (p *Program) check(c Config) error {
	p.leftOut = make(map[*packages.Package]bool)
	isInitial := make(map[*packages.Package]bool)
	for _, pkg := range p.Initial {
		isInitial[pkg] = true
	}
	sound := soundness{seen: make(map[types.Type]bool)}
	refuse := false
	for _, pkg := range p.All {
		own := isInitial[pkg] || pkg.Module != nil && pkg.Module.Main
		std := pkg.Module == nil
		switch {
		case len(pkg.Errors) > 0:
			refuse = refuse || own || std && !sound.scope(pkg.Types)
			p.leaveOut(pkg, p.reason(pkg))
		case pkg.Types == nil || pkg.Syntax == nil:
			refuse = true // not read, and nobody said why
			pkg.Errors = append(pkg.Errors, packages.Error{Msg: "the package was not read"})
		case pkg.IllTyped && !sound.info(pkg.TypesInfo):
			refuse = refuse || own || std
			p.leaveOut(pkg, pkg.PkgPath+": it uses what a package with errors could not declare")
		}
	}
	if refuse {
		return p.packageErrors(p.All)
	}
	return nil
}

func (p *Program) leaveOut(pkg *packages.Package, reason string) {
	p.leftOut[pkg] = true
	p.NotAnalysed = append(p.NotAnalysed, reason)
}

// reason is the line of NotAnalysed on pkg: of what the go command prints of a
// package, which starts with its name and what was run, the line after that.
func (p *Program) reason(pkg *packages.Package) string {
	first := pkg.Errors[0]
	for line := range strings.Lines(first.Msg) {
		if first.Msg = strings.TrimSpace(line); !strings.HasPrefix(line, "# ") {
			break
		}
	}
	s := pkg.PkgPath + ": " + p.errorLine(pkg, first)
	if n := len(pkg.Errors) - 1; n > 0 {
		s += fmt.Sprintf(" (and %d more)", n)
	}
	return s
}

// A soundness looks for the invalid type, which stands wherever the type
// checker met an error, deep in other types.
type soundness struct {
	seen  map[types.Type]bool // the answers, and that of a type that is being looked at
	asked []types.Type        // since the last question from outside
}

// is reports whether t is valid.
func (s *soundness) is(t types.Type) bool {
	s.asked = s.asked[:0]
	if s.valid(t) {
		return true
	}
	for _, t := range s.asked {
		delete(s.seen, t) // a cycle may have been cut at what is not valid
	}
	return false
}

// scope reports whether all that pkg declares has a valid type.
func (s *soundness) scope(pkg *types.Package) bool {
	if pkg == nil || pkg.Name() == "" {
		return false
	}
	for _, name := range pkg.Scope().Names() {
		if !s.is(pkg.Scope().Lookup(name).Type()) {
			return false
		}
	}
	return true
}

// info reports whether all expressions and objects have valid types. A builtin
// whose result is a constant, as in unsafe.Sizeof(x), has the invalid type by
// design (types.Info.Types).
func (s *soundness) info(info *types.Info) bool {
	for _, tv := range info.Types {
		if tv.Type != nil && !tv.IsBuiltin() && !s.is(tv.Type) {
			return false
		}
	}
	for _, obj := range info.Defs {
		if obj != nil && obj.Type() != nil && !isLabel(obj) && !isPkgName(obj) && !s.is(obj.Type()) {
			return false
		}
	}
	return true
}

// Labels and package names have the invalid type by design.
func isLabel(obj types.Object) bool   { _, ok := obj.(*types.Label); return ok }
func isPkgName(obj types.Object) bool { _, ok := obj.(*types.PkgName); return ok }

func (s *soundness) valid(t types.Type) bool {
	if t == nil || s.seen[t] {
		return true
	}
	s.seen[t] = true
	s.asked = append(s.asked, t)
	switch t := t.(type) {
	case *types.Basic:
		return t.Kind() != types.Invalid
	case *types.Pointer:
		return s.valid(t.Elem())
	case *types.Slice:
		return s.valid(t.Elem())
	case *types.Array:
		return s.valid(t.Elem())
	case *types.Chan:
		return s.valid(t.Elem())
	case *types.Map:
		return s.valid(t.Key()) && s.valid(t.Elem())
	case *types.Alias:
		return s.valid(types.Unalias(t))
	case *types.Tuple:
		return s.tuple(t)
	case *types.Signature:
		return s.tuple(t.Params()) && s.tuple(t.Results())
	case *types.Struct:
		for f := range t.Fields() {
			if !s.valid(f.Type()) {
				return false
			}
		}
	case *types.Interface:
		for m := range t.ExplicitMethods() {
			if !s.valid(m.Type()) {
				return false
			}
		}
		for e := range t.EmbeddedTypes() {
			if !s.valid(e) {
				return false
			}
		}
	case *types.Union:
		for term := range t.Terms() {
			if !s.valid(term.Type()) {
				return false
			}
		}
	case *types.TypeParam:
		return s.valid(t.Constraint())
	case *types.Named:
		return s.named(t)
	}
	return true
}

func (s *soundness) tuple(t *types.Tuple) bool {
	for v := range t.Variables() {
		if !s.valid(v.Type()) {
			return false
		}
	}
	return true
}

func (s *soundness) named(t *types.Named) bool {
	for arg := range t.TypeArgs().Types() {
		if !s.valid(arg) {
			return false
		}
	}
	for m := range t.Methods() {
		if !s.valid(m.Type()) {
			return false
		}
	}
	return s.valid(t.Underlying())
}
