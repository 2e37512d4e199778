package load

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// A zfile is a source file that the build of a Go tree writes (cmd/dist) and
// its repository does not hold.
type zfile struct {
	dir, name, pkg string // folder below src, file, package
	decls          []zdecl
}

// A zdecl is a declaration that the file of some version has.
type zdecl struct{ name, text string }

// zfiles lists the generated files of 1.8 to 1.26 and all that any version
// declares in them. Files that are empty by now (runtime/internal/sys since
// 1.20, internal/runtime/sys) need no row. Those of cmd are not here.
func (t *tree) zfiles() []zfile {
	version := t.version()
	text := func(name, value string) zdecl { return zdecl{name, fmt.Sprintf("const %s = %q", name, value)} }
	number := func(name string, value int) zdecl { return zdecl{name, fmt.Sprintf("const %s = %d", name, value)} }

	// 1.24 exported the first of these.
	var buildcfg []zdecl
	for _, c := range [][2]string{
		{"GO386", "sse2"}, {"GOAMD64", "v1"}, {"GOARM", "7"}, {"GOARM64", "v8.0"},
		{"GOMIPS", "hardfloat"}, {"GOMIPS64", "hardfloat"}, {"GOPPC64", "power8"},
		{"GORISCV64", "rva20u64"}, {"GOFIPS140", "off"}, {"CGO_ENABLED", ""},
		{"GOEXPERIMENT", ""}, {"GO_EXTLINK_ENABLED", ""}, {"GO_LDSO", ""},
		{"GOOS", t.env.GOOS}, {"GOARCH", t.env.GOARCH},
	} {
		buildcfg = append(buildcfg, text("Default"+c[0], c[1]), text("default"+c[0], c[1]))
	}
	return []zfile{
		{"runtime/internal/sys", "zversion.go", "sys", []zdecl{
			text("DefaultGoroot", t.dir), text("TheVersion", version), text("Goexperiment", ""),
			number("StackGuardMultiplier", 1), number("StackGuardMultiplierDefault", 1),
		}},
		{"internal/buildcfg", "zbootstrap.go", "buildcfg", append(buildcfg, text("version", version))},
		{"go/build", "zcgo.go", "build", []zdecl{
			text("defaultCGO_ENABLED", ""), {"cgoEnabled", "var cgoEnabled = map[string]bool{}"},
		}},
		{"time/tzdata", "zzipdata.go", "tzdata", []zdecl{text("zipdata", "")}},
	}
}

// generated returns, as an overlay of the shadow, the generated files that
// the tree lacks, each with the declarations that the rest of its package
// lacks. What a version does not use does no harm.
func (t *tree) generated() map[string][]byte {
	overlay := make(map[string][]byte)
	for _, z := range t.zfiles() {
		dir := filepath.Join(t.dir, "src", filepath.FromSlash(z.dir))
		if _, err := os.Stat(filepath.Join(dir, z.name)); err == nil {
			continue // the tree has been built
		}
		declared, used := names(dir)
		if len(declared) == 0 {
			continue // a version without this package
		}
		var body strings.Builder
		for _, d := range z.decls {
			// An unexported name is used in its own package or not at all.
			if !declared[d.name] && (used[d.name] || ast.IsExported(d.name)) {
				fmt.Fprintln(&body, d.text)
			}
		}
		if body.Len() > 0 {
			src := fmt.Sprintf("// Written by lockorder in place of cmd/dist.\n\npackage %s\n\n%s", z.pkg, &body)
			overlay[filepath.Join(t.shadow, "src", filepath.FromSlash(z.dir), z.name)] = []byte(src)
		}
	}
	return overlay
}

// names returns the package-level names that the Go files of dir declare, for
// any system, and all the identifiers they use. What does not parse is left
// to the loader to report.
func names(dir string) (declared, used map[string]bool) {
	declared, used = make(map[string]bool), make(map[string]bool)
	files, _ := filepath.Glob(filepath.Join(dir, "*.go")) // fails on bad patterns only
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, _ := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if f == nil {
			continue
		}
		for _, d := range f.Decls {
			declare(declared, d)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				used[id.Name] = true
			}
			return true
		})
	}
	return declared, used
}

// declare adds the package-level names of d.
func declare(names map[string]bool, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			names[d.Name.Name] = true
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				for _, id := range spec.Names {
					names[id.Name] = true
				}
			case *ast.TypeSpec:
				names[spec.Name.Name] = true
			}
		}
	}
}

// version returns the first word of the tree's VERSION file, or "devel".
func (t *tree) version() string {
	b, _ := os.ReadFile(filepath.Join(t.dir, "VERSION"))
	if words := strings.Fields(string(b)); len(words) > 0 {
		return words[0]
	}
	return "devel"
}
