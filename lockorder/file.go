package lockorder

import (
	"errors"
	"fmt"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/lockorder/lockorder/lockorder/internal/config"
	"github.com/lockorder/lockorder/lockorder/internal/load"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/policy"
)

// DefaultConfigFile is a documented lockorder.toml: every key, with its
// default or an example.
func DefaultConfigFile() string { return config.Default }

// A file is the lockorder.toml of a run; where there is none it is empty.
type file struct {
	config.File
	dir   string // where relative patterns start
	whole bool   // the run reads all that the file speaks of
	// unmatched are the excluded patterns that match no package.
	unmatched []config.Pattern
}

// readFile reads the lockorder.toml that c names, or the one beside the go.mod
// of its folder, and completes c with what it says.
func readFile(c *Config) (*file, error) {
	module := moduleDir(c.Dir)
	name, given := c.ConfigFile, c.ConfigFile != ""
	switch {
	case given && !filepath.IsAbs(name):
		name = filepath.Join(c.Dir, name)
	case !given && (c.GOROOT != "" || module == ""):
		return &file{}, nil
	case !given:
		name = filepath.Join(module, config.Name)
	}
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && !given {
		return &file{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	abs, err := filepath.Abs(name)
	if err != nil {
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	parsed, err := config.Read(abs, string(text), words(Kinds), words([]Confidence{High, Medium, Low}))
	if err != nil {
		// Its lines begin with the file's name as it is known here.
		return nil, fmt.Errorf("the configuration cannot be used; lockorder -config-help prints one that can:\n%s",
			strings.ReplaceAll(err.Error(), abs+":", shortest(c.Dir, abs)+":"))
	}
	for i := range parsed.Assume { // reports list them
		a := &parsed.Assume[i]
		a.Where = strings.Replace(a.Where, abs, shortest(c.Dir, abs), 1)
	}
	f := &file{File: *parsed, dir: filepath.Dir(abs)}
	f.complete(c, module)
	return f, nil
}

// complete puts what the file says where c says nothing. module is the folder
// of the module that c works in.
func (f *file) complete(c *Config, module string) {
	dir, err := filepath.Abs(c.Dir)
	f.whole = err == nil && dir == module && (len(c.Patterns) == 0 || slices.Contains(c.Patterns, "./..."))
	if len(c.Patterns) == 0 && len(f.Roots) > 0 {
		f.whole = true
		for _, root := range f.Roots {
			c.Patterns = append(c.Patterns, rebase(root, f.dir, dir))
		}
	}
	if len(c.Kinds) == 0 {
		for _, k := range f.Kinds {
			c.Kinds = append(c.Kinds, Kind(k))
		}
	}
	if c.Confidence == "" {
		c.Confidence = Confidence(f.Confidence)
	}
}

// moduleDir finds the folder of the go.mod that the go command takes for one
// that works in dir, or "".
func moduleDir(dir string) string {
	dir, err := filepath.Abs(dir)
	for err == nil {
		if info, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil && !info.IsDir() {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	return ""
}

// rebase turns a pattern that is relative to from into one relative to to.
func rebase(pattern, from, to string) string {
	if pattern != "." && pattern != ".." && !strings.HasPrefix(pattern, "./") && !strings.HasPrefix(pattern, "../") {
		return pattern
	}
	rel, err := filepath.Rel(to, filepath.Join(from, filepath.FromSlash(pattern)))
	if err != nil {
		return pattern
	}
	rel = filepath.ToSlash(rel)
	if strings.HasPrefix(rel, "../") || rel == ".." {
		return rel
	}
	return "./" + rel
}

// shortest is the file's name as seen from dir, if that is below it.
func shortest(dir, name string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		if rel, err := filepath.Rel(abs, name); err == nil && !strings.HasPrefix(rel, "..") {
			return filepath.ToSlash(rel)
		}
	}
	return name
}

func words[S ~string](list []S) []string {
	var out []string
	for _, w := range list {
		out = append(out, string(w))
	}
	return out
}

// initial lists the packages whose findings are asked for: those that were
// named, but for the excluded ones.
func (f *file) initial(prog *load.Program) map[string]bool {
	matched := make([]bool, len(f.Exclude))
	initial := make(map[string]bool)
	for _, pkg := range prog.Initial {
		keep := true
		for i, p := range f.Exclude {
			if f.matches(p.Text, pkg) {
				keep, matched[i] = false, true
			}
		}
		if keep {
			initial[pkg.PkgPath] = true
		}
	}
	for i, p := range f.Exclude {
		if !matched[i] {
			f.unmatched = append(f.unmatched, p)
		}
	}
	return initial
}

// matches reports whether a pattern fits a package: by its import path, or if
// it is relative, by its folder.
func (f *file) matches(pattern string, pkg *packages.Package) bool {
	name := pkg.PkgPath
	if strings.HasPrefix(pattern, ".") {
		if len(pkg.GoFiles) == 0 {
			return false
		}
		rel, err := filepath.Rel(f.dir, filepath.Dir(pkg.GoFiles[0]))
		if err != nil {
			return false
		}
		name, pattern = filepath.ToSlash(rel), path.Clean(pattern)
	}
	if tree, ok := strings.CutSuffix(pattern, "/..."); ok {
		return name == tree || strings.HasPrefix(name, tree+"/")
	}
	return pattern == "..." || name == pattern
}

// declarations are the rows and the orders, for package policy to bind.
func (f *file) declarations() policy.Declarations {
	var d policy.Declarations
	for _, row := range f.Rows {
		d.Rows = append(d.Rows, policy.Row{Package: row.Package, Func: row.Func, Model: row.Model, Pos: row.Pos})
	}
	for _, o := range f.Orders {
		d.Orders = append(d.Orders, policy.OrderRow{Locks: o.Locks, Pos: o.Pos})
	}
	return d
}

// ignores are those of the file, if there is one.
func (f *file) ignores() []*config.Ignore {
	if f == nil {
		return nil
	}
	return f.Ignores
}

// fits reports whether all that ig names is in the finding.
func fits(ig *config.Ignore, f *Finding) bool {
	if ig.Kind != "" && ig.Kind != string(f.Kind) || ig.ID != "" && ig.ID != f.ID {
		return false
	}
	for _, name := range ig.Locks {
		if !slices.ContainsFunc(f.Locks, func(l string) bool { return isName(name, l) }) {
			return false
		}
	}
	return ig.Func == "" || slices.ContainsFunc(functions(f), func(fn string) bool { return isName(ig.Func, fn) })
}

// isName reports whether name is canonical, or that with the front of its
// import path cut off; without type arguments it is that of all instantiations.
func isName(name, canonical string) bool {
	if g := lock.Generic(canonical); g != canonical && isName(name, g) {
		return true
	}
	return name == canonical || strings.HasSuffix(canonical, "/"+name)
}

// functions lists those of a finding's proof.
func functions(f *Finding) []string {
	var out []string
	for _, e := range f.Edges {
		out = append(out, e.Function)
		for _, fr := range slices.Concat(e.HeldPath, e.Path) {
			out = append(out, fr.Func)
		}
	}
	return out
}

// fileProblems tells what of the file speaks of nothing. Where only a part of
// the module was read, it may speak of the rest.
func (b *builder) fileProblems(add func(token.Position, string)) {
	if b.file == nil || !b.file.whole {
		return
	}
	for _, e := range b.policy.Absent {
		add(e.Pos, e.Msg)
	}
	for _, p := range b.file.unmatched {
		add(p.Pos, "exclude: "+p.Text+" matches no package: remove it")
	}
	for _, ig := range b.file.Ignores {
		if !ig.Used {
			add(ig.Pos, "ignore ("+ig.Reason+") matches no finding: remove it")
		}
	}
}
