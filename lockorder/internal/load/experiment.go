package load

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// experimentTags returns the build tags of the experiments that the tree's
// own release has on, changed by GOEXPERIMENT as its go command would.
//
// Today's go command knows only the experiments of its own release: it would
// read 1.22 without allocheaders and the new tracer, and 1.25 with the garbage
// collector of 1.26. So it is told GOEXPERIMENT=none, and gets the rest as
// plain tags.
func (t *tree) experimentTags(env []string) []string {
	on := make(map[string]bool)
	files, _ := filepath.Glob(filepath.Join(t.dir, "src", "internal", "buildcfg", "*.go"))
	for _, name := range files {
		if f, _ := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution); f != nil {
			baseline(on, f, t.env.GOARCH)
		}
	}
	for _, kv := range env {
		value, ok := strings.CutPrefix(kv, "GOEXPERIMENT=")
		if !ok {
			continue
		}
		for name := range strings.SplitSeq(value, ",") {
			if off, isOff := strings.CutPrefix(name, "no"); name == "none" {
				clear(on)
			} else if isOff {
				delete(on, off)
			} else if name != "" {
				on[name] = true
			}
		}
	}
	var tags []string
	for _, name := range slices.Sorted(maps.Keys(on)) {
		tags = append(tags, "goexperiment."+name)
	}
	return tags
}

// baseline adds the experiments that f, a file of internal/buildcfg, sets in
// a literal such as
//
//	goexperiment.Flags{RegabiArgs: regabiSupported, SwissMap: true}
//
// A variable counts as set if the file sets it in a case for goarch, or in
// none at all: what is not about architectures is about linking.
func baseline(on map[string]bool, f *ast.File, goarch string) {
	byArch := archVars(f, goarch)
	ast.Inspect(f, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if sel, ok := lit.Type.(*ast.SelectorExpr); !ok || sel.Sel.Name != "Flags" {
			return true
		}
		for _, elt := range lit.Elts {
			kv, ok := elt.(*ast.KeyValueExpr)
			if !ok {
				continue
			}
			key, isIdent := kv.Key.(*ast.Ident)
			value, isName := kv.Value.(*ast.Ident)
			if !isIdent || isName && value.Name == "false" {
				continue
			}
			if isName {
				if set, known := byArch[value.Name]; known && !set {
					continue
				}
			}
			on[strings.ToLower(key.Name)] = true
		}
		return true
	})
}

// archVars returns the variables that f sets to true in a case of a switch
// over goarch, and whether goarch is such a case.
func archVars(f *ast.File, goarch string) map[string]bool {
	vars := make(map[string]bool)
	ast.Inspect(f, func(n ast.Node) bool {
		sw, ok := n.(*ast.SwitchStmt)
		if !ok {
			return true
		}
		if tag, ok := sw.Tag.(*ast.Ident); !ok || tag.Name != "goarch" {
			return true
		}
		for _, s := range sw.Body.List {
			clause := s.(*ast.CaseClause)
			mine := slices.ContainsFunc(clause.List, func(e ast.Expr) bool {
				lit, ok := e.(*ast.BasicLit)
				return ok && lit.Value == `"`+goarch+`"`
			})
			for _, s := range clause.Body {
				if as, ok := s.(*ast.AssignStmt); ok && len(as.Lhs) == 1 {
					if id, ok := as.Lhs[0].(*ast.Ident); ok {
						vars[id.Name] = vars[id.Name] || mine
					}
				}
			}
		}
		return true
	})
	return vars
}
