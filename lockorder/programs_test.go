package lockorder_test

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/lockorder/lockorder/lockorder"
)

// testdataModule is the module of testdata/src: one package a behaviour.
const testdataModule = "example.com/testdata"

// TestPrograms analyses testdata/src, all packages in one run, and compares
// each package with what its comments declare:
//
//	// want KIND: LOCK LOCK       a finding of that kind with exactly these locks
//	// want KIND|KIND: LOCK       of either kind, where both are right
//	// want nothing               no finding
//	// want edge: LOCK -> LOCK    the graph has the edge
//	// want no edge: LOCK -> LOCK the graph does not have it
//
//	// gap: REASON                what is declared is not met yet, and why
//
// A gap is checked too: when the program is met, the comment must go.
//
// A LOCK is a canonical name without the package's import path. A finding's
// comment at the end of a line of code asks that one of the finding's
// positions be on that line; on a line of its own it asks for the finding
// anywhere in the package.
func TestPrograms(t *testing.T) {
	src, err := filepath.Abs(filepath.Join("..", "testdata", "src"))
	if err != nil {
		t.Fatal(err)
	}
	programs := readPrograms(t, src)
	report, err := lockorder.Run(t.Context(), lockorder.Config{Dir: src, Patterns: []string{"./..."}, Graph: true})
	if err != nil {
		t.Fatal(err)
	}
	if report.Graph == nil {
		t.Fatal("Config.Graph is set and the report has no graph")
	}
	for _, what := range report.NotAnalysed {
		t.Errorf("not analysed: %s", what)
	}
	found := make(map[string][]located)
	for _, f := range report.Findings {
		l := locate(src, f)
		if l.program == "" {
			t.Errorf("finding in no program:\n%s", l)
		}
		found[l.program] = append(found[l.program], l)
	}
	edges := make(map[string]bool)
	for _, e := range report.Graph.Edges {
		edges[e.Held+" -> "+e.Acquired] = true
	}
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) { p.check(t, found[p.name], edges) })
	}
}

// A program is a package of testdata/src and what it declares.
type program struct {
	name     string
	silent   bool   // want nothing
	gap      string // why the declarations are not met
	findings []wantFinding
	edges    []wantEdge
}

type wantFinding struct {
	at    string // file:line of the comment
	kinds []lockorder.Kind
	locks []string // canonical, sorted
	line  string   // file:line that a position must have, or "" for anywhere
}

func (w wantFinding) String() string {
	var kinds []string
	for _, k := range w.kinds {
		kinds = append(kinds, string(k))
	}
	return shorten(fmt.Sprintf("%s: %s: %s", w.at, strings.Join(kinds, "|"), strings.Join(w.locks, " ")))
}

type wantEdge struct {
	at   string
	edge string // held -> acquired, canonical
	has  bool
}

// check reports what p declares and the analysis did not find, and the other
// way round; of a program with a gap, that there is none.
func (p *program) check(t *testing.T, found []located, edges map[string]bool) {
	diffs := p.diff(found, edges)
	if p.gap != "" {
		if len(diffs) == 0 {
			t.Errorf("the gap is closed; remove the comment: gap: %s", p.gap)
		}
		return
	}
	for _, d := range diffs {
		t.Error(d)
	}
}

func (p *program) diff(found []located, edges map[string]bool) (diffs []string) {
	report := func(format string, args ...any) { diffs = append(diffs, fmt.Sprintf(format, args...)) }
	// Who asks for a line chooses first.
	wants := slices.Clone(p.findings)
	slices.SortStableFunc(wants, func(a, b wantFinding) int {
		return boolInt(a.line == "") - boolInt(b.line == "")
	})
	for _, w := range wants {
		i := slices.IndexFunc(found, func(l located) bool {
			return w.matches(l) && (w.line == "" || slices.Contains(l.lines, w.line))
		})
		if i >= 0 {
			found = slices.Delete(slices.Clone(found), i, i+1)
			continue
		}
		if i := slices.IndexFunc(found, w.matches); i >= 0 {
			report("missing at this line:\n  %s\nfound elsewhere:\n%s", w, found[i])
			found = slices.Delete(slices.Clone(found), i, i+1)
			continue
		}
		report("missing:\n  %s", w)
	}
	for _, l := range found {
		report("unexpected:\n%s", l)
	}
	for _, w := range p.edges {
		switch has := edges[w.edge]; {
		case w.has && !has:
			report("missing edge:\n  %s: %s", w.at, shorten(w.edge))
		case !w.has && has:
			report("unexpected edge:\n  %s: %s", w.at, shorten(w.edge))
		}
	}
	return diffs
}

func (w wantFinding) matches(l located) bool {
	return slices.Contains(w.kinds, l.finding.Kind) && slices.Equal(w.locks, slices.Sorted(slices.Values(l.finding.Locks)))
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// A located finding knows its program and the lines it touches.
type located struct {
	finding lockorder.Finding
	program string   // "" if no position is below src
	lines   []string // file:line, files relative to src
}

func locate(src string, f lockorder.Finding) located {
	l := located{finding: f}
	for _, pos := range positions(f) {
		file := pos.File
		if filepath.IsAbs(file) {
			rel, err := filepath.Rel(src, file)
			if err != nil || !filepath.IsLocal(rel) {
				continue // in the standard library
			}
			file = rel
		}
		file = filepath.ToSlash(file)
		name, _, ok := strings.Cut(file, "/")
		if !ok {
			continue
		}
		if l.program == "" {
			l.program = name
		}
		l.lines = append(l.lines, fmt.Sprintf("%s:%d", file, pos.Line))
	}
	return l
}

// positions lists every position of f, its own first.
func positions(f lockorder.Finding) []lockorder.Pos {
	ps := []lockorder.Pos{f.Pos}
	for _, e := range f.Edges {
		ps = append(ps, e.HeldAt, e.AcquiredAt)
		for _, fr := range e.HeldPath {
			ps = append(ps, fr.Pos)
		}
		for _, fr := range e.Path {
			ps = append(ps, fr.Pos)
		}
	}
	return ps
}

// String shows the finding with its proof, indented.
func (l located) String() string {
	f := l.finding
	var b strings.Builder
	fmt.Fprintf(&b, "  %s: %s: %s\n", f.Pos, f.Kind, strings.Join(f.Locks, " "))
	fmt.Fprintf(&b, "    %s (%s: %s)\n", f.Message, f.Confidence, f.Reason)
	for _, e := range f.Edges {
		fmt.Fprintf(&b, "    %s holds %s (%s, %s), takes %s (%s, %s)\n",
			e.Function, e.Held, e.HeldMode, e.HeldAt, e.Acquired, e.AcquiredMode, e.AcquiredAt)
		for _, fr := range e.Path {
			fmt.Fprintf(&b, "      %s %s %s\n", fr.Pos, fr.Via, fr.Func)
		}
	}
	return shorten(strings.TrimSuffix(b.String(), "\n"))
}

var importPath = regexp.MustCompile(regexp.QuoteMeta(testdataModule) + `/\w+\.`)

// shorten drops the import paths, which the name of the test says.
func shorten(s string) string { return importPath.ReplaceAllString(s, "") }

// readPrograms reads the declarations of every package below src.
func readPrograms(t *testing.T, src string) []*program {
	dirs, err := os.ReadDir(src)
	if err != nil {
		t.Fatal(err)
	}
	var programs []*program
	for _, d := range dirs {
		if !d.IsDir() {
			continue
		}
		p := &program{name: d.Name()}
		files, err := filepath.Glob(filepath.Join(src, d.Name(), "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if err := p.read(file); err != nil {
				t.Fatal(err)
			}
		}
		if p.silent == (len(p.findings) > 0) {
			t.Errorf("%s: a program declares its findings, or that there is nothing", p.name)
		}
		programs = append(programs, p)
	}
	if len(programs) == 0 {
		t.Fatalf("no programs in %s", src)
	}
	return programs
}

var (
	wantComment = regexp.MustCompile(`^//\s*want\b\s*(.*)$`)
	edgeClause  = regexp.MustCompile(`^(no )?edge: (\S+) -> (\S+)$`)
	findClause  = regexp.MustCompile(`^([a-z|]+): (\S+(?: \S+)*)$`)
)

// read adds the declarations of one file.
func (p *program) read(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	var lines []string
	for s := bufio.NewScanner(strings.NewReader(string(text))); s.Scan(); {
		lines = append(lines, s.Text())
	}
	for c := range comments(f) {
		if gap, ok := strings.CutPrefix(c.Text, "// gap: "); ok {
			p.gap = gap
			continue
		}
		m := wantComment.FindStringSubmatch(c.Text)
		if m == nil {
			continue
		}
		pos := fset.Position(c.Pos())
		at := fmt.Sprintf("%s/%s:%d", p.name, filepath.Base(file), pos.Line)
		line := at
		if strings.TrimSpace(lines[pos.Line-1][:pos.Column-1]) == "" {
			line = ""
		}
		if err := p.declare(m[1], at, line); err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
	}
	return nil
}

func comments(f *ast.File) func(yield func(*ast.Comment) bool) {
	return func(yield func(*ast.Comment) bool) {
		for _, g := range f.Comments {
			for _, c := range g.List {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// declare adds one clause, the text after "want".
func (p *program) declare(clause, at, line string) error {
	if clause == "nothing" {
		p.silent = true
		return nil
	}
	if m := edgeClause.FindStringSubmatch(clause); m != nil {
		p.edges = append(p.edges, wantEdge{at: at, edge: p.lock(m[2]) + " -> " + p.lock(m[3]), has: m[1] == ""})
		return nil
	}
	m := findClause.FindStringSubmatch(clause)
	if m == nil {
		return fmt.Errorf("cannot read %q", clause)
	}
	w := wantFinding{at: at, line: line}
	for _, k := range strings.Split(m[1], "|") {
		if !slices.Contains(lockorder.Kinds, lockorder.Kind(k)) {
			return fmt.Errorf("no such kind: %q", k)
		}
		w.kinds = append(w.kinds, lockorder.Kind(k))
	}
	for _, l := range strings.Fields(m[2]) {
		w.locks = append(w.locks, p.lock(l))
	}
	slices.Sort(w.locks)
	p.findings = append(p.findings, w)
	return nil
}

// lock returns the canonical name. One that begins with a slash is of a
// package below the program's.
func (p *program) lock(short string) string {
	if strings.HasPrefix(short, "/") {
		return testdataModule + "/" + p.name + short
	}
	if strings.Contains(short, "/") {
		return short
	}
	return testdataModule + "/" + p.name + "." + short
}
