package load

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// A tree is a Go tree of any age, read by the installed go command.
type tree struct {
	dir    string // the user's tree
	shadow string // the temporary GOROOT that stands for it
	env    goEnv  // of the installed go command
}

// goEnv is what we need to know of the installed Go.
type goEnv struct{ GOROOT, GOOS, GOARCH, GOCACHE, GOFLAGS string }

// openTree makes the shadow of c.GOROOT. The caller removes it.
func openTree(ctx context.Context, c Config) (*tree, error) {
	dir := c.GOROOT
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(c.Dir, dir)
	}
	dir = filepath.Clean(dir)
	if info, err := os.Stat(filepath.Join(dir, "src", "runtime")); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("-goroot %s is not a Go tree: it has no folder src/runtime; name the folder above src", c.GOROOT)
	}
	env, err := installed(ctx, c)
	if err != nil {
		return nil, err
	}
	t := &tree{dir: dir, env: env}
	return t, t.makeShadow()
}

// installed asks the go command about itself, as if GOROOT were not set: a
// GOROOT in the environment may well be an old tree, which has no tools.
func installed(ctx context.Context, c Config) (goEnv, error) {
	var env goEnv
	cmd := exec.CommandContext(ctx, "go", "env", "-json", "GOROOT", "GOOS", "GOARCH", "GOCACHE", "GOFLAGS")
	cmd.Dir = c.Dir
	cmd.Env = setenv(without(c.Env, "GOROOT"), "GOTOOLCHAIN=local", "PWD="+c.Dir)
	out, err := cmd.Output()
	if err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			err = fmt.Errorf("%w: %s", err, strings.TrimSpace(string(exit.Stderr)))
		}
		return env, fmt.Errorf("go env: %w; check that the go command on PATH works", err)
	}
	if err := json.Unmarshal(out, &env); err != nil {
		return env, fmt.Errorf("go env: %w; check that the go command on PATH works", err)
	}
	return env, nil
}

// configure points cfg at the shadow, and returns the patterns to load.
//
// If they all name packages of the tree, nothing outside of it must play a
// part: it is read in GOPATH mode, with an empty GOPATH, from a folder outside
// of any module. That is the one mode which finds the vendored packages of
// every age (src/vendor/golang_org, src/internal/x, src/vendor/modules.txt).
// Otherwise they are the user's packages, read as ever but over this tree.
func (t *tree) configure(cfg *packages.Config, c Config) ([]string, error) {
	overlay, err := t.uncommented()
	if err != nil {
		return nil, err
	}
	cfg.Overlay = t.generated()
	maps.Copy(cfg.Overlay, overlay)
	cfg.Env = setenv(c.Env, "GOROOT="+t.shadow, "GOTOOLCHAIN=local", "GOEXPERIMENT=none")
	tags := t.experimentTags(c.Env)
	patterns, own := t.patterns(c)
	if own {
		cfg.Dir = filepath.Join(t.shadow, "work")
		cfg.Env = setenv(cfg.Env,
			"GOENV=off", "GOFLAGS=", "GO111MODULE=off", "GOWORK=off", "GOPROXY=off",
			"GOPACKAGESDRIVER=off", "CGO_ENABLED=0",
			"GOPATH="+filepath.Join(t.shadow, "gopath"),
			"GOOS="+t.env.GOOS, "GOARCH="+t.env.GOARCH, "GOCACHE="+t.env.GOCACHE)
	} else {
		if c.Tags == "" {
			// Our -tags hides the one in GOFLAGS.
			tags = append(tags, tagsOf(t.env.GOFLAGS)...)
		}
		// What today's cgo writes needs runtime/cgo of 1.20 or later.
		if declared, _ := names(filepath.Join(t.dir, "src", "runtime", "cgo")); !declared["Incomplete"] {
			cfg.Env = setenv(cfg.Env, "CGO_ENABLED=0")
		}
	}
	if c.Tags != "" {
		tags = append(tags, c.Tags)
	}
	if len(tags) > 0 {
		cfg.BuildFlags = []string{"-tags=" + strings.Join(tags, ",")}
	}
	return patterns, nil
}

// tagsOf returns the value of -tags in GOFLAGS.
func tagsOf(goflags string) []string {
	for _, f := range strings.Fields(goflags) {
		f = strings.TrimPrefix(f, "-")
		if v, ok := strings.CutPrefix(strings.TrimPrefix(f, "-"), "tags="); ok && v != "" {
			return []string{v}
		}
	}
	return nil
}

// patterns returns c's patterns as import paths, and whether all of them name
// packages of the tree.
func (t *tree) patterns(c Config) ([]string, bool) {
	var paths []string
	for _, pattern := range c.Patterns {
		path, ok := t.importPath(pattern, c.Dir)
		if !ok {
			return c.Patterns, false
		}
		paths = append(paths, path)
	}
	return paths, true
}

// importPath returns the import path for a pattern that names packages of the
// tree: std, cmd, an import path, or a folder.
func (t *tree) importPath(pattern, dir string) (string, bool) {
	if pattern == "std" || pattern == "cmd" {
		return pattern, true
	}
	src := filepath.Join(t.dir, "src")
	if isPath := strings.HasPrefix(pattern, ".") || filepath.IsAbs(pattern); isPath {
		if !filepath.IsAbs(pattern) {
			pattern = filepath.Join(dir, pattern)
		}
		rel, err := filepath.Rel(src, pattern)
		if err != nil || rel == "." || !within(pattern, src) {
			return "", false
		}
		if rel == "..." {
			return "std", true
		}
		pattern = filepath.ToSlash(rel)
	}
	fixed, _, _ := strings.Cut(pattern, "...")
	info, err := os.Stat(filepath.Join(src, filepath.FromSlash(fixed)))
	return pattern, fixed != "" && err == nil && info.IsDir()
}

// realName maps a file of the shadow to the user's tree.
func (t *tree) realName(file string) string {
	if rest, ok := strings.CutPrefix(file, t.shadow+string(filepath.Separator)); ok {
		return filepath.Join(t.dir, rest)
	}
	return file
}

// without returns env less one variable.
func without(env []string, name string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(kv string) bool {
		return strings.HasPrefix(kv, name+"=")
	})
}

// setenv returns env with the settings kv in place of what it said of them.
func setenv(env []string, kv ...string) []string {
	for _, s := range kv {
		name, _, _ := strings.Cut(s, "=")
		env = append(without(env, name), s)
	}
	return env
}
