package lockorder

import (
	"context"
	"fmt"
	"time"

	"github.com/lockorder/lockorder/lockorder/internal/beside"
	"github.com/lockorder/lockorder/lockorder/internal/link"
	"github.com/lockorder/lockorder/lockorder/internal/load"
	"github.com/lockorder/lockorder/lockorder/internal/model"
	"github.com/lockorder/lockorder/lockorder/internal/policy"
)

// Version is the tool's version in reports.
const Version = "0.1.0"

// Run analyses the packages that c names and reports how they can deadlock.
// It fails, rather than report on what it has not read, when a package does
// not load or does not type-check.
func Run(ctx context.Context, c Config) (*Report, error) {
	progress := c.Progress
	if progress == nil {
		progress = func(string) {}
	}
	file, err := readFile(&c)
	if err != nil {
		return nil, err
	}
	models, err := model.Builtin(c.Suspend)
	if err != nil {
		return nil, err
	}
	models.Assume(file.Assume...)
	prog, err := load.Packages(ctx, load.Config{
		Dir: c.Dir, Patterns: c.Patterns, Tests: c.Tests, Tags: c.Tags,
		GOROOT: c.GOROOT, Env: c.Env, Progress: progress,
	})
	if err != nil {
		return nil, err
	}
	progress("building SSA")
	prog.BuildSSA()
	progress("building the call graph")
	start := time.Now()
	initial := file.initial(prog)
	rules := readPolicy(file, prog, models)
	fns := allFunctions(prog, initial)
	var lookTime time.Duration
	var p *link.Program
	looked := beside.Begin(func() {
		start := time.Now()
		p = link.New(prog.SSA, link.Sorted(fns), models, initial)
		lookTime = time.Since(start)
	})
	graph, assumed := callGraph(prog, fns, initial, models)
	callgraphTime, basePeak := time.Since(start), peakBytes()
	progress("analysing")
	start = time.Now()
	trimmed, collected := make(chan struct{}), make(chan func(), 1)
	go func() {
		prog.Trim(fns)
		close(trimmed)
		collected <- collectRarely()
	}()
	defer func() { (<-collected)() }()
	looked()
	p.Connect(graph)
	p.Assumed = assumed
	<-trimmed // a generic function may yet have to be built
	fns, graph = nil, nil
	broken, err := p.Walk(ctx)
	if err != nil {
		return nil, err
	}
	rules.Rename(p.Names())
	b := &builder{config: c, file: file, policy: rules, position: prog.Position, packages: len(prog.All), initial: initial, program: p, linked: p.Link()}
	r := b.report()
	for _, a := range models.Assumptions() {
		r.Assumptions = append(r.Assumptions, Assumption{ID: a.ID, Model: a.Where, Reason: a.Reason})
	}
	r.NotAnalysed = prog.NotAnalysed
	for _, b := range broken {
		r.NotAnalysed = append(r.NotAnalysed, fmt.Sprintf("%s: it made the analysis fail, which is a fault of lockorder: %v", funcName(b.Fn), b.Panic))
	}
	r.Stats.LoadSeconds = prog.LoadTime.Seconds()
	r.Stats.SSASeconds = prog.SSATime.Seconds()
	r.Stats.CallgraphSeconds = callgraphTime.Seconds()
	r.Stats.LookSeconds = lookTime.Seconds()
	r.Stats.AnalysisSeconds = time.Since(start).Seconds()
	r.Stats.PeakBytes, r.Stats.BasePeakBytes = peakBytes(), basePeak
	return r, nil
}

// readPolicy reads the //lockorder: comments of everything that is not the
// standard library, or was asked for, and adds their models and the file's.
func readPolicy(file *file, prog *load.Program, models *model.Set) *policy.Set {
	var pkgs []policy.Package
	asked := make(map[string]bool)
	for _, pkg := range prog.Initial {
		asked[pkg.ID] = true
	}
	for _, pkg := range prog.All {
		if (pkg.Module != nil || asked[pkg.ID]) && pkg.Types != nil {
			pkgs = append(pkgs, policy.Package{Path: pkg.PkgPath, Name: pkg.Name, Files: pkg.Syntax, Types: pkg.Types})
		}
	}
	rules := policy.ReadWith(file.declarations(), prog.Fset, pkgs, models)
	for _, m := range rules.Models {
		models.Put(m)
	}
	return rules
}
