package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// holdoutList names fixes of deadlocks that no rule was made from when they
// were listed, a line each, in columns parted by tabs: repository, package,
// commit of the fix, kind, the locks by the ends of their names, and, for a
// deadlock that is known to be missed, why.
//
//go:embed holdout.tsv
var holdoutList string

// A repair is a line of the list. The deadlock is in the parent of the commit.
type repair struct {
	repo   string   // owner/name
	pkgs   []string // patterns; a package of std when without a dot before it
	commit string
	kind   string
	locks  []string
	miss   string // why it is not found; empty when it must be
}

func readRepairs(list string) ([]repair, error) {
	var repairs []repair
	for n, line := range strings.Split(strings.TrimSuffix(list, "\n"), "\n") {
		c := strings.Split(line, "\t")
		if len(c) != 6 || slices.Contains(c[:5], "") {
			return nil, fmt.Errorf("line %d of the hold-out has not six columns, or an empty one", n+1)
		}
		repairs = append(repairs, repair{c[0], strings.Fields(c[1]), c[2], c[3], strings.Split(c[4], ","), c[5]})
	}
	return repairs, nil
}

// holdout measures the tool on the fixes of the list, from the clones in
// LOCKORDER_CLONES; those of which there is no clone are left out, and counted.
// A deadlock is found when a finding names its locks and mentions a place in a
// function that the fix changes; it is gone when no finding of that id is left.
func holdout(ctx context.Context, b *bench) (bool, error) {
	return measureRepairs(ctx, b, holdoutList)
}

func measureRepairs(ctx context.Context, b *bench, list string) (bool, error) {
	repairs, err := readRepairs(list)
	if err != nil {
		return false, err
	}
	rows := newTable("repository, package", "fix (buggy: its parent)", "kind", "locks", "found", "on the fix", "known miss")
	var found, wanted, gone, surprises, absent int
	for _, r := range repairs {
		if !b.wants(r.repo) && !b.wants(r.commit) {
			continue
		}
		clone := filepath.Join(b.vars["LOCKORDER_CLONES"], filepath.FromSlash(r.repo))
		if _, err := os.Stat(clone); err != nil {
			absent++
			continue
		}
		seen, fixed, err := b.repair(ctx, clone, &r)
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		row := []string{r.repo + " " + strings.Join(r.pkgs, " "), r.commit, r.kind, strings.Join(r.locks, ", "), "no", "–", r.miss}
		wanted++
		switch {
		case err != nil:
			row[4] = brief(err)
		case seen != nil:
			found++
			row[4] = fmt.Sprintf("%s, %s, %s", seen.Kind, seen.Confidence, seen.ID)
			if row[5] = fixed; fixed == "silent" {
				gone++
			}
		}
		if (seen != nil) != (r.miss == "") {
			surprises++
		}
		rows.add(row...)
	}
	fmt.Fprintf(b.out, "## Hold-out\n\n")
	rows.print(b.out)
	ok := surprises == 0 && wanted > 0
	acceptance(b.out, "holdout", ok, fmt.Sprintf("%d of %d found, %d of these silent after the fix; %d not as the list says, %d without a clone",
		found, wanted, gone, surprises, absent))
	return ok, nil
}

// repair analyses the parent of the fix and the fix. It returns the finding of
// the deadlock, nil if there is none, and what became of it on the fix.
func (b *bench) repair(ctx context.Context, clone string, r *repair) (*lockorder.Finding, string, error) {
	dir, err := os.MkdirTemp("", "lockorder-holdout-")
	if err != nil {
		return nil, "", err
	}
	defer os.RemoveAll(dir)
	buggy, err := b.checkout(ctx, clone, r, r.commit+"^", filepath.Join(dir, "buggy"))
	if err != nil {
		return nil, "", err
	}
	changes, err := changed(ctx, clone, r.commit, buggy.dir)
	if err != nil {
		return nil, "", err
	}
	var seen *lockorder.Finding
	for i := range buggy.report.Findings {
		f := &buggy.report.Findings[i]
		if names(f, r.locks, endsAs) && slices.ContainsFunc(positions(f), func(p lockorder.Pos) bool { return changes.touch(buggy.absolute(p), p.Line) }) {
			// The kind that was expected says most about it.
			if seen == nil || string(seen.Kind) != r.kind && string(f.Kind) == r.kind {
				seen = f
			}
		}
	}
	if seen == nil {
		return nil, "", nil
	}
	fixed, err := b.checkout(ctx, clone, r, r.commit, filepath.Join(dir, "fixed"))
	switch {
	case err != nil:
		return seen, brief(err), nil
	case slices.ContainsFunc(fixed.report.Findings, func(f lockorder.Finding) bool { return f.ID == seen.ID }):
		return seen, "still told", nil
	}
	return seen, "silent", nil
}

// endsAs says whether want is the lock got, or the end of its name.
func endsAs(got, want string) bool { return sameLock(got, want) || strings.HasSuffix(got, "."+want) }

// checkout writes the tree of a commit to dir and analyses it.
func (b *bench) checkout(ctx context.Context, clone string, r *repair, commit, dir string) (*outcome, error) {
	if err := archive(ctx, clone, commit, dir); err != nil {
		return nil, err
	}
	c := call{dir: dir, env: []string{"GOFLAGS=-mod=mod"}, args: r.pkgs}
	if !strings.HasPrefix(r.pkgs[0], ".") {
		c.args = append([]string{"-goroot=" + dir}, r.pkgs...)
	}
	return b.measure(ctx, r.repo+" "+commit, c)
}

// archive writes the tree of a commit of the clone to the new folder dir, but
// for testdata: no package is there, and clones may lack its large files.
func archive(ctx context.Context, clone, commit, dir string) error {
	if err := os.Mkdir(dir, 0o777); err != nil {
		return err
	}
	file := dir + ".tar"
	if _, err := command(ctx, "git", "-C", clone, "archive", "--output="+file, commit, "--", ".", ":(exclude,glob)**/testdata/**"); err != nil {
		return err
	}
	defer os.Remove(file)
	_, err := command(ctx, "tar", "-x", "-f", file, "-C", dir)
	return err
}

// command runs a program and returns what it prints.
func command(ctx context.Context, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, firstLines(stderr.String(), 1))
	}
	return out, err
}

// A span is the first and the last of some lines.
type span struct{ first, last int }

// spans are places in files, by their absolute names.
type spans map[string][]span

func (s spans) touch(file string, line int) bool {
	return slices.ContainsFunc(s[file], func(l span) bool { return l.first <= line && line <= l.last })
}

// changed finds the functions that a commit changes, in the tree of its parent
// in dir. Tests do not count.
func changed(ctx context.Context, clone, commit, dir string) (spans, error) {
	diff, err := command(ctx, "git", "-C", clone, "diff", "--no-color", "--no-ext-diff", "--no-renames", "-U0", commit+"^", commit, "--", "*.go")
	if err != nil {
		return nil, err
	}
	functions := make(spans)
	for file, hunks := range hunks(string(diff)) {
		name := filepath.Join(dir, filepath.FromSlash(file))
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, d := range tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				at := span{set.Position(fn.Pos()).Line, set.Position(fn.End()).Line}
				if slices.ContainsFunc(hunks, func(h span) bool { return h.first <= at.last && at.first <= h.last }) {
					functions[filepath.ToSlash(name)] = append(functions[filepath.ToSlash(name)], at)
				}
			}
		}
	}
	return functions, nil
}

// hunks reads the old side of a diff without context: for each file but tests
// the lines that go, or the two between which lines come.
func hunks(diff string) spans {
	old := make(spans)
	var file string
	for line := range strings.Lines(diff) {
		if name, ok := strings.CutPrefix(line, "--- "); ok {
			file, _ = strings.CutPrefix(strings.TrimSpace(name), "a/")
			continue
		}
		at, ok := strings.CutPrefix(line, "@@ -")
		if !ok || file == "/dev/null" || strings.HasSuffix(file, "_test.go") {
			continue
		}
		at, _, _ = strings.Cut(at, " ")
		start, count, counted := strings.Cut(at, ",")
		first, _ := strconv.Atoi(start)
		n := 1
		if counted {
			n, _ = strconv.Atoi(count)
		}
		if n == 0 {
			n = 2 // lines come after first
		}
		old[file] = append(old[file], span{first, first + n - 1})
	}
	return old
}
