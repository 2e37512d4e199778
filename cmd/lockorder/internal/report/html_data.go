package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// A page is what the script of the page knows. All words are made here; the
// script only arranges them. Positions and steps are told many times over in a
// large graph, so each stands once in a table and is meant by its index.
type page struct {
	Title    string        `json:"title"`
	Summary  string        `json:"summary"`
	Tool     string        `json:"tool"`
	Kinds    []pageKind    `json:"kinds"`
	Levels   []string      `json:"levels"`
	Packages []pagePackage `json:"packages"`
	Locks    []pageLock    `json:"locks"`
	Edges    []pageEdge    `json:"edges"`
	Findings []pageFinding `json:"findings"`
	Steps    [][6]int      `json:"steps"`   // function, file, line, column, what it does, source line
	Strings  []string      `json:"strings"` // what steps and openings are made of; the first is ""
}

type pageKind struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

type pagePackage struct {
	Path  string `json:"path"`
	Short string `json:"short"`
}

type pageLock struct {
	Name    string `json:"name"`  // canonical
	Short   string `json:"short"` // with its package shortened
	Label   string `json:"label"` // without its package
	Package int    `json:"package"`
	Type    string `json:"type"` // the type or function it is declared in; "" for a variable
	Sites   []int  `json:"sites"`
}

// A pageEdge is one of the graph, or one that only a finding has: then Count
// is 0.
type pageEdge struct {
	Held      int           `json:"held"`
	Acquired  int           `json:"acquired"`
	Count     int           `json:"count"`
	Witnesses []pageWitness `json:"witnesses"`
}

// A pageWitness is the story of one edge. Its fields are short because there
// are tens of thousands of them.
type pageWitness struct {
	Opening int   `json:"o"`
	Held    int   `json:"h"` // the step where the held lock was taken
	Steps   []int `json:"s"`
	Cut     []int `json:"c,omitempty"` // those of Steps, by place, that the cut goes through
}

type pageFinding struct {
	ID         string          `json:"id"`
	Kind       string          `json:"kind"`
	Confidence string          `json:"confidence"`
	Message    string          `json:"message"`
	Reason     string          `json:"reason"`
	Pos        string          `json:"pos"`
	Locks      []int           `json:"locks"`
	Also       [][]int         `json:"also"`
	Goroutines []pageGoroutine `json:"goroutines"`
	Second     string          `json:"second"` // tells the other goroutine, where one edge proves all
	Cuts       []string        `json:"cuts"`
}

type pageGoroutine struct {
	Edge  int         `json:"edge"`  // -1 for a leak, which takes nothing
	Label string      `json:"label"` // the function that holds
	Cut   string      `json:"cut"`   // what the cut calls or takes, if it is here
	Story pageWitness `json:"story"`
}

// pageBuilder fills a page in.
type pageBuilder struct {
	page
	names   *names
	source  func(file string, line int) string
	shorts  map[string]string
	strings map[string]int
	steps   map[[6]int]int
	locks   map[string]int
	edges   map[[2]int]int
}

func newPage(r *lockorder.Report, source func(file string, line int) string) *page {
	if source == nil {
		source = func(string, int) string { return "" }
	}
	g := graphOf(r)
	all := namesOfGraph(g)
	for i := range r.Findings {
		all = append(all, namesOfFinding(&r.Findings[i])...)
	}
	b := &pageBuilder{
		names: newNames(all), source: source,
		shorts: map[string]string{}, strings: map[string]int{}, steps: map[[6]int]int{},
		locks: map[string]int{}, edges: map[[2]int]int{},
	}
	b.Steps = [][6]int{}
	b.text("")
	b.Title = "lockorder: " + count(len(r.Findings), "finding")
	b.Summary = clean(summary(r))
	b.Tool = strings.TrimSpace(r.Tool.Name + " " + r.Tool.Version)
	for _, k := range lockorder.Kinds {
		b.Kinds = append(b.Kinds, pageKind{string(k), titles[k]})
	}
	for _, c := range []lockorder.Confidence{lockorder.High, lockorder.Medium, lockorder.Low} {
		b.Levels = append(b.Levels, string(c))
	}
	b.addLocks(r, g)
	b.Edges = []pageEdge{}
	for i := range g.Edges {
		b.addEdge(&g.Edges[i])
	}
	b.Findings = []pageFinding{}
	for _, f := range grouped(r.Findings) {
		b.addFinding(&f)
	}
	return &b.page
}

// short is names.short with a memory: the graph names the same few thousand
// functions in hundreds of thousands of frames.
func (b *pageBuilder) short(name string) string {
	s, ok := b.shorts[name]
	if !ok {
		s = clean(b.names.short(name))
		b.shorts[name] = s
	}
	return s
}

// text returns the place of s in the table of strings.
func (b *pageBuilder) text(s string) int {
	i, ok := b.strings[s]
	if !ok {
		i = len(b.Strings)
		b.strings[s] = i
		b.Strings = append(b.Strings, s)
	}
	return i
}

// step returns the place in the table of a step.
func (b *pageBuilder) step(fn string, pos lockorder.Pos, does string) int {
	line := ""
	if pos.Line > 0 {
		line = clean(strings.TrimSpace(b.source(pos.File, pos.Line)))
	}
	s := [6]int{b.text(fn), b.text(clean(pos.File)), pos.Line, pos.Column, b.text(does), b.text(line)}
	i, ok := b.steps[s]
	if !ok {
		i = len(b.Steps)
		b.steps[s] = i
		b.Steps = append(b.Steps, s)
	}
	return i
}

// addLocks lists the locks of the graph, and those that only findings name, in
// the order of their packages and then of their names.
func (b *pageBuilder) addLocks(r *lockorder.Report, g *lockorder.Graph) {
	sites := map[string][]lockorder.Pos{}
	for _, name := range locksOf(g) {
		sites[name] = nil
	}
	for _, l := range g.Locks {
		sites[l.Name] = l.Sites
	}
	for i := range r.Findings {
		for _, name := range locksOfFinding(&r.Findings[i]) {
			if _, ok := sites[name]; !ok {
				sites[name] = nil
			}
		}
	}
	packages := map[string]int{}
	b.Packages, b.Locks = []pagePackage{}, []pageLock{}
	for _, name := range slices.SortedFunc(maps.Keys(sites), func(a, c string) int {
		return cmp.Or(cmp.Compare(declaredIn(a).pkg, declaredIn(c).pkg), cmp.Compare(a, c))
	}) {
		d := declaredIn(name)
		pkg, ok := packages[d.pkg]
		if !ok {
			pkg = len(b.Packages)
			packages[d.pkg] = pkg
			b.Packages = append(b.Packages, pagePackage{clean(d.pkg), b.short(d.pkg)})
		}
		l := pageLock{
			Name: clean(name), Short: b.short(name), Label: clean(b.names.short(d.label)),
			Package: pkg, Type: clean(b.names.short(d.typ)), Sites: []int{},
		}
		for _, pos := range sites[name] {
			l.Sites = append(l.Sites, b.step(b.short(pos.Func), pos, ""))
		}
		b.locks[name] = len(b.Locks)
		b.Locks = append(b.Locks, l)
	}
}

func (b *pageBuilder) addEdge(e *lockorder.GraphEdge) {
	p := pageEdge{Held: b.locks[e.Held], Acquired: b.locks[e.Acquired], Count: e.Count, Witnesses: []pageWitness{}}
	for i := range e.Witnesses {
		f := &lockorder.Finding{Locks: []string{e.Held, e.Acquired}, Edges: e.Witnesses[i : i+1]}
		p.Witnesses = append(p.Witnesses, b.story(f, 0, b.short))
	}
	b.edges[[2]int{p.Held, p.Acquired}] = len(b.Edges)
	b.Edges = append(b.Edges, p)
}

// story tells edge i of f.
func (b *pageBuilder) story(f *lockorder.Finding, i int, fn shown) pageWitness {
	e := &f.Edges[i]
	open := clean(opening(e, b.short, fn))
	if len(e.Gates) > 0 {
		open += "; held as well: " + clean(strings.Join(b.names.shorts(e.Gates), ", "))
	}
	w := pageWitness{
		Opening: b.text(open),
		Held:    b.step(clean(fn(cmp.Or(e.HeldAt.Func, e.Function))), e.HeldAt, ""),
		Steps:   []int{},
	}
	for j, s := range steps(f, i, b.short, fn) {
		w.Steps = append(w.Steps, b.step(clean(fn(s.fn)), s.pos, clean(s.does)))
		if s.cut {
			w.Cut = append(w.Cut, j)
		}
	}
	return w
}

func (b *pageBuilder) addFinding(f *lockorder.Finding) {
	pkg := commonPackage(f)
	fn := func(name string) string { return b.names.local(name, pkg) }
	p := pageFinding{
		ID: clean(f.ID), Kind: clean(string(f.Kind)), Confidence: clean(string(f.Confidence)),
		Message: clean(b.names.prose(f.Message, namesOfFinding(f))),
		Reason:  clean(b.names.prose(f.Reason, namesOfFinding(f))),
		Pos:     clean(f.Pos.String()), Locks: b.lockList(f.Locks), Also: [][]int{}, Cuts: []string{},
	}
	for _, locks := range f.Also {
		p.Also = append(p.Also, b.lockList(locks))
	}
	for i := range f.Edges {
		p.Goroutines = append(p.Goroutines, b.goroutine(f, i, fn))
	}
	if len(f.Edges) == 1 {
		p.Second = second[f.Kind]
	}
	for _, c := range f.Cut {
		if worthNaming(c) {
			p.Cuts = append(p.Cuts, clean(cutLine(f, c, b.short, fn)))
		}
	}
	if len(f.Holders) > 0 {
		p.Cuts = append(p.Cuts, clean(holdersLine(f, fn)))
	}
	for _, line := range othersLines(f, true, b.short, fn) {
		p.Cuts = append(p.Cuts, clean(line))
	}
	b.Findings = append(b.Findings, p)
}

func (b *pageBuilder) goroutine(f *lockorder.Finding, i int, fn shown) pageGoroutine {
	e := &f.Edges[i]
	g := pageGoroutine{Edge: -1, Label: clean(lastName(e.Function)), Story: b.story(f, i, fn)}
	if len(g.Story.Cut) > 0 {
		g.Cut = clean(lastName(f.Cut[0].Callee))
	}
	if e.Acquired != "" && e.Held != "" {
		g.Edge = b.edgeBetween(b.locks[e.Held], b.locks[e.Acquired])
	}
	return g
}

// lastName leaves the package and the receiver out: an arrow has little room.
func lastName(name string) string {
	if i := strings.LastIndex(name, ")."); i >= 0 {
		return name[i+len(")."):]
	}
	return strings.TrimPrefix(name, packageOf(name)+".")
}

// edgeBetween returns the edge from held to acquired, a new one if the graph
// has none: what must signal before a wait can end holds nothing.
func (b *pageBuilder) edgeBetween(held, acquired int) int {
	i, ok := b.edges[[2]int{held, acquired}]
	if !ok {
		i = len(b.Edges)
		b.edges[[2]int{held, acquired}] = i
		b.Edges = append(b.Edges, pageEdge{Held: held, Acquired: acquired, Witnesses: []pageWitness{}})
	}
	return i
}

func (b *pageBuilder) lockList(names []string) []int {
	list := make([]int, len(names))
	for i, name := range names {
		list[i] = b.locks[name]
	}
	return list
}

// locksOfFinding lists all locks that f names.
func locksOfFinding(f *lockorder.Finding) []string {
	list := slices.Clone(f.Locks)
	for _, locks := range f.Also {
		list = append(list, locks...)
	}
	for _, e := range f.Edges {
		for _, name := range []string{e.Held, e.Acquired} {
			if name != "" {
				list = append(list, name)
			}
		}
	}
	return list
}
