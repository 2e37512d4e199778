package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// A vetFinding is a finding as go vet tells it.
type vetFinding struct {
	pkg, id, kind string
	message       string // without the id
	low           bool   // of low confidence
}

// sites are the locks of the message, as its story names them.
func (v *vetFinding) sites() string {
	story, _, _ := strings.Cut(v.message, ": ")
	return story
}

// names says whether the message names all locks of f.
func (v *vetFinding) names(f *lockorder.Finding) bool {
	return !slices.ContainsFunc(f.Locks, func(l string) bool {
		return !regexp.MustCompile(`(^|\W)` + regexp.QuoteMeta(shortLock(l)) + `($|\W)`).MatchString(v.message)
	})
}

var vetEdge = regexp.MustCompile(`[:;] (\S+) held at [^,;]+, (\S+) taken at `)

// within reports whether all edges of the message are among some.
func (v *vetFinding) within(edges map[[2]string]bool) bool {
	found := vetEdge.FindAllStringSubmatch(v.message, -1)
	return len(found) > 0 && !slices.ContainsFunc(found, func(m []string) bool { return !edges[[2]string{m[1], m[2]}] })
}

// vet runs the tool under go vet over the module in dir, without its tests: an
// overlay hides them, for go vet has no flag to leave them out. It tells of
// findings of low confidence too.
func (t *tool) vet(ctx context.Context, dir string) ([]vetFinding, error) {
	ctx, cancel := context.WithTimeout(ctx, t.timeout)
	defer cancel()
	work, err := os.MkdirTemp("", "lockorder-vet-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	overlay := filepath.Join(work, "overlay.json")
	if err := hideTests(dir, overlay); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "go", "vet", "-overlay="+overlay, "-json", "-vettool="+t.path, "-lockorder.confidence=low", "./...")
	cmd.Dir = dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("go vet in %s: %w: %s", dir, err, firstLines(stderr.String(), 5))
	}
	return readVet(&stdout)
}

// hideTests writes an overlay in which the module has no tests.
func hideTests(dir, file string) error {
	replace := make(map[string]string)
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, "_test.go") {
			replace[path] = ""
		}
		return err
	})
	if err != nil {
		return err
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o666)
}

var vetID = regexp.MustCompile(` \[(LO-[0-9a-f]+)(, low confidence)?\]`)

// readVet reads the objects that go vet -json prints, one for a package.
func readVet(r io.Reader) ([]vetFinding, error) {
	var out []vetFinding
	for d := json.NewDecoder(r); ; {
		var unit map[string]map[string]json.RawMessage // by package and analyzer
		if err := d.Decode(&unit); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("read what go vet -json prints: %w", err)
		}
		for _, pkg := range sortedKeys(unit) {
			var ds []struct{ Category, Message string }
			if err := json.Unmarshal(unit[pkg]["lockorder"], &ds); err != nil {
				return nil, fmt.Errorf("%s: %s", pkg, unit[pkg]["lockorder"])
			}
			for _, m := range ds {
				id := vetID.FindStringSubmatch(m.Message)
				if id == nil {
					return nil, fmt.Errorf("%s: no finding: %s", pkg, m.Message)
				}
				out = append(out, vetFinding{pkg: pkg, id: id[1], kind: m.Category, message: strings.Replace(m.Message, id[0], "", 1), low: id[2] != ""})
			}
		}
	}
}

// imports says which package sees which.
type imports struct {
	order []string // imported packages before those that import them
	of    map[string][]string
	all   map[string]map[string]bool // what each sees, itself among it
}

// listImports asks the go command for the packages of the module in dir, and
// for all that they import.
func listImports(ctx context.Context, dir string) (*imports, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-deps", "-json=ImportPath,Imports,ImportMap", "./...")
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	data, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list in %s: %w", dir, err)
	}
	v := &imports{of: make(map[string][]string), all: make(map[string]map[string]bool)}
	for d := json.NewDecoder(bytes.NewReader(data)); ; {
		var p struct {
			ImportPath string
			Imports    []string
			ImportMap  map[string]string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return v, nil
		} else if err != nil {
			return nil, fmt.Errorf("read what go list prints: %w", err)
		}
		for i, q := range p.Imports {
			if to := p.ImportMap[q]; to != "" {
				p.Imports[i] = to
			}
		}
		v.order = append(v.order, p.ImportPath)
		v.of[p.ImportPath] = append([]string{}, p.Imports...) // never nil
	}
}

func (v *imports) sees(pkg string) map[string]bool {
	if v.all[pkg] == nil {
		all := map[string]bool{pkg: true}
		v.all[pkg] = all
		for _, q := range v.of[pkg] {
			for r := range v.sees(q) {
				all[r] = true
			}
		}
	}
	return v.all[pkg]
}

// first is the first package that sees all of pkgs, or "".
func (v *imports) first(pkgs []string) string {
	for _, p := range v.order {
		if !slices.ContainsFunc(pkgs, func(q string) bool { return !v.sees(p)[q] }) {
			return p
		}
	}
	return ""
}
