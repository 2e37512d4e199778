package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// A bug is a line of the corpus: a real deadlock and its fix.
type bug struct {
	ID       string            `json:"id"`
	Dir      string            `json:"dir"` // to analyse in, below the tree
	Patterns []string          `json:"patterns"`
	Env      map[string]string `json:"env"`
	Kind     string            `json:"kind"`
	Locks    []string          `json:"locks"`
	// Sites are the acquisitions: held and then acquired, for each chain.
	Sites []struct {
		File string `json:"file"`
		Line int    `json:"line"`
		Func string `json:"func"`
	} `json:"sites"`
	Chains []struct {
		First  string `json:"first"` // lock(mode)
		Second string `json:"second"`
	} `json:"chains"`
	Difficulty       string `json:"difficulty"`
	FixedExpectation string `json:"fixed_expectation"`
	Residual         string `json:"residual_in_fixed"`
}

// control says that no lock-order finding is expected.
func (b *bug) control() bool { return b.Difficulty == "out" }

// silent says that the listed first edge must be gone in the fixed tree.
func (b *bug) silent() bool { return strings.HasPrefix(b.FixedExpectation, "silent") }

// corpus measures the tool on the deadlocks of LOCKORDER_CORPUS.
func corpus(ctx context.Context, b *bench) (bool, error) {
	data, err := os.ReadFile(b.vars["LOCKORDER_CORPUS"])
	if err != nil {
		return false, err
	}
	bugs, err := readBugs(data)
	if err != nil {
		return false, err
	}
	verdicts := newTable("bug", "kind", "difficulty", "buggy", "fixed", "expected of the fixed")
	runs := newTable("tree", "seconds", "findings", "not analysed")
	var notes []string
	var found, wanted, quiet, toQuiet int
	for _, bug := range bugs {
		if !b.wants(bug.ID) {
			continue
		}
		buggy, buggyErr := b.corpusTree(ctx, &bug, "buggy", runs)
		fixed, fixedErr := b.corpusTree(ctx, &bug, "fixed", runs)
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		row := []string{bug.ID, bug.Kind, bug.Difficulty, "", "", bug.FixedExpectation}
		if buggyErr != nil {
			row[3] = brief(buggyErr)
		} else {
			v := bug.judgeBuggy(buggy)
			row[3] = v.text
			notes = append(notes, note(bug.ID+", buggy", v.notes)...)
			if v.ok {
				found++
			}
		}
		if fixedErr != nil {
			row[4] = brief(fixedErr)
		} else {
			v := bug.judgeFixed(fixed)
			row[4] = v.text
			notes = append(notes, note(bug.ID+", fixed", v.notes)...)
			if v.ok && bug.silent() {
				quiet++
			}
		}
		if !bug.control() {
			wanted++
		}
		if bug.silent() {
			toQuiet++
		}
		verdicts.add(row...)
	}
	fmt.Fprintf(b.out, "## Real deadlocks (corpus)\n\n")
	verdicts.print(b.out)
	runs.print(b.out)
	if notes != nil {
		fmt.Fprint(b.out, strings.Join(notes, ""))
	}
	ok := found == wanted && quiet == toQuiet
	acceptance(b.out, "corpus", ok, fmt.Sprintf("%d of %d found, %d of %d silent after the fix", found, wanted, quiet, toQuiet))
	return ok, nil
}

// readBugs reads the corpus, a bug in JSON on each line.
func readBugs(data []byte) ([]bug, error) {
	var bugs []bug
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var b bug
		if err := json.Unmarshal(lines.Bytes(), &b); err != nil {
			return nil, fmt.Errorf("line %d of the corpus: %w", n, err)
		}
		if b.ID == "" || len(b.Locks) == 0 {
			return nil, fmt.Errorf("line %d of the corpus has no id or no locks", n)
		}
		bugs = append(bugs, b)
	}
	return bugs, lines.Err()
}

// corpusTree analyses the buggy or the fixed tree.
func (b *bench) corpusTree(ctx context.Context, bug *bug, which string, runs *table) (*outcome, error) {
	name := bug.ID + "/" + which
	dir, err := b.tree("corpus", bug.ID, which)
	if err != nil {
		return nil, err
	}
	c := call{dir: filepath.Join(dir, bug.Dir), args: append([]string{"-graph"}, bug.Patterns...)}
	for k, v := range bug.Env {
		c.env = append(c.env, k+"="+v)
	}
	slices.Sort(c.env)
	o, err := b.measure(ctx, name, c)
	if err != nil {
		runs.add(name, "", brief(err), "")
		return nil, err
	}
	runs.add(name, fmt.Sprintf("%.1f", o.seconds), byKind(o.report.Findings), strings.Join(o.report.NotAnalysed, "; "))
	return o, nil
}

// A verdict is the judgement of one tree: a cell, and lines to read below the
// table.
type verdict struct {
	ok    bool
	text  string
	notes []string
}

// note writes the lines under a bold heading, as a list.
func note(heading string, lines []string) []string {
	if len(lines) == 0 {
		return nil
	}
	out := []string{fmt.Sprintf("**%s**\n\n", heading)}
	for _, l := range lines {
		out = append(out, "- "+l+"\n")
	}
	return append(out, "\n")
}

// judgeBuggy looks for the listed deadlock: a finding that names all its locks
// and has at least one of its sites. For a control it lists what there is.
func (b *bug) judgeBuggy(o *outcome) verdict {
	named := b.naming(o)
	if b.control() {
		return verdict{text: fmt.Sprintf("control, %d with its locks", len(named)), notes: describe(o, named)}
	}
	for _, f := range named {
		if b.atSite(o, f) {
			return verdict{ok: true, text: fmt.Sprintf("FOUND: %s, %s, %s", f.Kind, f.Confidence, f.ID)}
		}
	}
	v := verdict{text: "missed", notes: b.edges(o)}
	if len(named) > 0 {
		v.text = fmt.Sprintf("missed: %d with its locks, at no listed site", len(named))
		v.notes = append(describe(o, named), v.notes...)
	}
	return v
}

// naming lists the deadlocks found with all the listed locks.
func (b *bug) naming(o *outcome) []*lockorder.Finding {
	var named []*lockorder.Finding
	for i := range o.report.Findings {
		f := &o.report.Findings[i]
		if slices.Contains(deadlocks, f.Kind) && names(f, b.Locks, sameLock) {
			named = append(named, f)
		}
	}
	return named
}

func (b *bug) atSite(o *outcome, f *lockorder.Finding) bool {
	for _, p := range positions(f) {
		for _, s := range b.Sites {
			if o.isAt(p, s.File, s.Line) {
				return true
			}
		}
	}
	return false
}

// judgeFixed looks for what the fix should have ended: the first listed edge,
// known by its locks and by the functions at its two ends. Lines have moved.
func (b *bug) judgeFixed(o *outcome) verdict {
	named := b.naming(o)
	var same []*lockorder.Finding
	for i := range o.report.Findings {
		if f := &o.report.Findings[i]; slices.Contains(deadlocks, f.Kind) && slices.ContainsFunc(f.Edges, b.isFirst) {
			same = append(same, f)
		}
	}
	switch {
	case len(same) > 0 && b.silent():
		return verdict{text: fmt.Sprintf("REMAINS: the first edge, in %d", len(same)), notes: describe(o, same)}
	case len(named) == 0:
		return verdict{ok: true, text: "silent"}
	case b.control() || b.silent():
		return verdict{ok: true, text: fmt.Sprintf("silent on the first edge, %d with the locks", len(named)), notes: describe(o, named)}
	}
	notes := describe(o, named)
	if b.Residual != "" {
		notes = append(notes, "the corpus on it: "+b.Residual)
	}
	return verdict{ok: true, text: fmt.Sprintf("%d with the locks", len(named)), notes: notes}
}

// isFirst says whether e is the first listed edge.
func (b *bug) isFirst(e lockorder.Edge) bool {
	if len(b.Chains) == 0 || len(b.Sites) < 2 {
		return false
	}
	first, _, _ := strings.Cut(b.Chains[0].First, "(")
	second, _, _ := strings.Cut(b.Chains[0].Second, "(")
	holds := isFunc(e.Function, b.Sites[0].Func) || isFunc(e.HeldAt.Func, b.Sites[0].Func)
	return sameLock(e.Held, first) && sameLock(e.Acquired, second) &&
		holds && isFunc(e.AcquiredAt.Func, b.Sites[1].Func)
}

// describe tells findings, with their edges, in a line each.
func describe(o *outcome, findings []*lockorder.Finding) []string {
	var lines []string
	for _, f := range findings {
		edges := make([]string, len(f.Edges))
		for i := range f.Edges {
			edges[i] = edgeText(&f.Edges[i])
		}
		lines = append(lines, fmt.Sprintf("%s %s, %s: %s: %s", f.Kind, f.ID, f.Confidence, code(shortLocks(f)), code(strings.Join(edges, "; "))))
	}
	return lines
}

// edges says which of the listed edges are in the graph, and which of the
// listed sites are seen as acquisitions: what to look at when a deadlock is
// missed.
func (b *bug) edges(o *outcome) []string {
	g := o.report.Graph
	if g == nil {
		return []string{"the report has no graph"}
	}
	pairs := [][2]string{{b.Locks[0], b.Locks[0]}}
	if len(b.Locks) > 1 {
		pairs = [][2]string{{b.Locks[0], b.Locks[1]}, {b.Locks[1], b.Locks[0]}}
	}
	var lines []string
	for _, p := range pairs {
		name := code(shortLock(p[0]) + " -> " + shortLock(p[1]))
		i := slices.IndexFunc(g.Edges, func(e lockorder.GraphEdge) bool {
			return sameLock(e.Held, p[0]) && sameLock(e.Acquired, p[1])
		})
		if i < 0 {
			lines = append(lines, name+" is no edge of the graph")
			continue
		}
		line := fmt.Sprintf("%s is an edge, made at %d places", name, g.Edges[i].Count)
		for j := range g.Edges[i].Witnesses {
			line += "; " + code(edgeText(&g.Edges[i].Witnesses[j]))
		}
		lines = append(lines, line)
	}
	for _, s := range b.Sites {
		at := fmt.Sprintf("site %s:%d", s.File, s.Line)
		if locks := locksAt(o, s.File, s.Line); locks != nil {
			lines = append(lines, at+" takes "+code(strings.Join(locks, " ")))
		} else {
			lines = append(lines, at+" is no acquisition in the graph")
		}
	}
	return lines
}

// locksAt lists the locks that the graph knows to be taken there.
func locksAt(o *outcome, file string, line int) []string {
	var locks []string
	for _, l := range o.report.Graph.Locks {
		if slices.ContainsFunc(l.Sites, func(p lockorder.Pos) bool { return o.isAt(p, file, line) }) {
			locks = append(locks, l.Name)
		}
	}
	return locks
}
