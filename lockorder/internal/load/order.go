package load

import (
	"cmp"
	"errors"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// arrange puts the loaded packages into p, in an order that does not depend
// on how they came. It fails if a pattern names nothing.
func (p *Program) arrange(roots []*packages.Package, c Config, patterns []string) error {
	p.Initial = initial(roots)
	p.All = dependencyOrder(p.Initial)
	for _, pkg := range p.All {
		p.rename(pkg)
	}
	for i, pattern := range patterns {
		if !matchesAny(pattern, c.Dir, p.Initial) {
			return noMatch(c.Patterns[i], c)
		}
	}
	if !c.Tests && !slices.ContainsFunc(p.Initial, func(pkg *packages.Package) bool {
		return len(pkg.Syntax) > 0 || len(pkg.Errors) > 0 || pkg.PkgPath == "unsafe"
	}) {
		return errors.New("the packages hold no Go files but tests; use -test to read those")
	}
	return nil
}

// initial sorts roots by ID, without generated test mains and without the
// packages whose test variant, which holds the same files and more, is there.
func initial(roots []*packages.Package) []*packages.Package {
	tested := make(map[string]bool)
	for _, pkg := range roots {
		if path, ok := testVariantOf(pkg); ok {
			tested[path] = true
		}
	}
	var keep []*packages.Package
	for _, pkg := range roots {
		if tested[pkg.ID] || isTestMain(pkg) {
			continue
		}
		keep = append(keep, pkg)
	}
	slices.SortFunc(keep, func(a, b *packages.Package) int { return cmp.Compare(a.ID, b.ID) })
	return slices.Compact(keep)
}

// testVariantOf returns "p" for the package whose ID is "p [p.test]".
func testVariantOf(pkg *packages.Package) (string, bool) {
	path, rest, ok := strings.Cut(pkg.ID, " ")
	return path, ok && rest == "["+path+".test]"
}

func isTestMain(pkg *packages.Package) bool {
	return pkg.Name == "main" && strings.HasSuffix(pkg.ID, ".test") &&
		!slices.ContainsFunc(pkg.CompiledGoFiles, func(f string) bool { return filepath.Base(f) != "_testmain.go" && filepath.Ext(f) == ".go" })
}

// dependencyOrder returns roots and all they import, each after its imports.
func dependencyOrder(roots []*packages.Package) []*packages.Package {
	var all []*packages.Package
	seen := make(map[*packages.Package]bool)
	var visit func(*packages.Package)
	visit = func(pkg *packages.Package) {
		if seen[pkg] {
			return
		}
		seen[pkg] = true
		for _, path := range slices.Sorted(maps.Keys(pkg.Imports)) {
			visit(pkg.Imports[path])
		}
		all = append(all, pkg)
	}
	for _, pkg := range roots {
		visit(pkg)
	}
	return all
}

// matchesAny reports whether a pattern with "..." matches one of pkgs. The go
// command only warns, on a stream that nobody sees, of one that does not; all
// other patterns yield a package or an error.
func matchesAny(pattern, dir string, pkgs []*packages.Package) bool {
	if len(pkgs) == 0 {
		return false
	}
	if !strings.Contains(pattern, "...") {
		return true
	}
	local := strings.HasPrefix(pattern, "./") || strings.HasPrefix(pattern, "../") || filepath.IsAbs(pattern)
	if local && !filepath.IsAbs(pattern) {
		pattern = filepath.Join(dir, pattern)
	}
	re := wildcard(filepath.ToSlash(pattern))
	return slices.ContainsFunc(pkgs, func(pkg *packages.Package) bool {
		if !local {
			return re.MatchString(pkg.PkgPath)
		}
		return re.MatchString(filepath.ToSlash(folderOf(pkg)))
	})
}

// wildcard compiles a package pattern: "..." is any string, and "x/..." also
// matches x.
func wildcard(pattern string) *regexp.Regexp {
	re := strings.ReplaceAll(regexp.QuoteMeta(pattern), `\.\.\.`, `.*`)
	if s, ok := strings.CutSuffix(re, `/.*`); ok {
		re = s + `(/.*)?`
	}
	return regexp.MustCompile(`^` + re + `$`)
}

// folderOf returns the folder of the package's files, or of its first error.
func folderOf(pkg *packages.Package) string {
	for _, files := range [][]string{pkg.GoFiles, pkg.IgnoredFiles, pkg.OtherFiles, pkg.CompiledGoFiles} {
		if len(files) > 0 {
			return filepath.Dir(files[0])
		}
	}
	return pkg.Dir
}

// within reports whether path is dir or below it.
func within(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
