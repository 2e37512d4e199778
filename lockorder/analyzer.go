package lockorder

import (
	"context"
	"flag"
	"fmt"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/fact"
	"github.com/lockorder/lockorder/lockorder/internal/link"
	"github.com/lockorder/lockorder/lockorder/internal/model"
	"github.com/lockorder/lockorder/lockorder/internal/policy"
)

// Settings are what a driver can set of the analyzer. Their zero value is the
// default.
type Settings struct {
	// Kinds to report; none means all.
	Kinds []Kind
	// Confidence is the least to report; "" is Medium.
	Confidence Confidence
	// Suspend names assumptions of the models not to rely on.
	Suspend []string
	// Proof puts the whole proof into the message, for drivers that do not
	// show related information.
	Proof bool
	// FactsOnly is for a package of which the driver wants facts alone: nothing
	// is looked for that only a report tells.
	FactsOnly bool
}

// Analyzer finds, a package at a time, how the locks of a package and of what
// it imports can deadlock. What it learns of a package travels as a fact to
// the packages that import it.
var Analyzer = NewAnalyzer(Settings{})

// NewAnalyzer returns an analyzer with settings of its own. Its flags begin
// with them.
func NewAnalyzer(s Settings) *analysis.Analyzer {
	u := &unitRunner{settings: s}
	a := &analysis.Analyzer{
		Name:      "lockorder",
		Doc:       "find lock-order cycles and other deadlocks on locks\n\nlockorder reports locks taken in opposite orders, locks taken again by their\nholder, locks left held, and waits under a lock that cannot end. The facts\nof imported packages let it see across packages.",
		URL:       "https://github.com/lockorder/lockorder",
		FactTypes: []analysis.Fact{(*packageFact)(nil)},
		Run:       u.run,
	}
	a.Flags.Init(a.Name, flag.ContinueOnError)
	a.Flags.Var(wordList[Kind]{&u.settings.Kinds, Kinds}, "kinds", "comma-separated `list` of the kinds to report (default all)")
	a.Flags.Var(word[Confidence]{&u.settings.Confidence, []Confidence{High, Medium, Low}}, "confidence", "the least confidence to report, a `level`: high, medium or low (default medium)")
	a.Flags.Var(wordList[string]{&u.settings.Suspend, nil}, "suspend", "comma-separated `list` of assumptions not to rely on")
	a.Flags.BoolVar(&u.settings.Proof, "proof", s.Proof, "put the whole proof into the message")
	return a
}

// packageFact is a package's facts as package fact encodes them.
type packageFact struct{ Data []byte }

// AFact marks the fact type.
func (*packageFact) AFact() {}

func (f *packageFact) String() string { return fmt.Sprintf("lockorder:%d bytes", len(f.Data)) }

// A unitRunner is an analyzer's settings.
type unitRunner struct{ settings Settings }

// run analyses one package.
func (u *unitRunner) run(pass *analysis.Pass) (_ any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("internal error in the analysis of package %s: %v\n%s", pass.Pkg.Path(), r, debug.Stack())
		}
	}()
	if testMain(pass) {
		return nil, nil
	}
	models, err := model.Builtin(u.settings.Suspend)
	if err != nil {
		return nil, err
	}
	unit := &unit{pass: pass, settings: u.settings, models: models}
	return nil, unit.run()
}

// testMain reports whether the package is the main that the go command writes
// for tests, which nobody reads.
func testMain(pass *analysis.Pass) bool {
	if pass.Pkg.Name() != "main" || len(pass.Files) != 1 {
		return false
	}
	name := filepath.Base(pass.Fset.File(pass.Files[0].FileStart).Name())
	return name == "_testmain.go" || strings.HasSuffix(pass.Pkg.Path(), ".test") && !strings.HasSuffix(name, ".go")
}

// A unit is the analysis of one package.
type unit struct {
	pass     *analysis.Pass
	settings Settings
	models   *model.Set
	imports  []link.Import
	policy   *policy.Set // of the unit and its imports

	told       []fact.Policy // by the imports
	ownOrders  []policy.Order
	ownIgnores []*policy.Ignore
}

func (u *unit) run() error {
	if u.settings.FactsOnly && link.Below(u.models, u.pass.Pkg.Path()) {
		return nil
	}
	u.readFacts()
	if err := u.readPolicy(); err != nil {
		return err
	}
	pkg := u.buildSSA()
	set := link.UnitFunctions(pkg)
	graph := vtaGraph(pkg.Prog, set, u.models)
	same := func(path string) bool { return u.meets([]string{path}) }
	p, err := link.NewUnit(pkg, link.Sorted(set), graph, u.models, u.imports, same)
	if err != nil {
		return err
	}
	p.ResolveCalls()
	broken, err := p.Walk(context.Background())
	if err != nil {
		return err
	}
	p.ResolveOpens()
	u.policy.Rename(p.Names())
	b := &builder{
		config: Config{Kinds: u.settings.Kinds, Confidence: u.settings.Confidence},
		policy: u.policy, position: u.pass.Fset.Position, packages: 1,
		initial: map[string]bool{u.pass.Pkg.Path(): true}, program: p, linked: p.Link(), unit: u,
	}
	data, err := u.facts(b)
	if err != nil {
		return err
	}
	if data != nil {
		u.pass.ExportPackageFact(&packageFact{Data: data})
	}
	if !u.settings.FactsOnly {
		u.tell(b.report(), broken)
	}
	return nil
}

// tell reports the findings, and the functions whose analysis failed.
func (u *unit) tell(r *Report, broken []*link.Broken) {
	for _, b := range broken {
		u.pass.Report(analysis.Diagnostic{Pos: u.pass.Files[0].Package, Category: "internal", Message: b.Error()})
	}
	for i := range r.Findings {
		u.report(&r.Findings[i])
	}
	for _, q := range r.Problems {
		if at := u.find(q.Pos); at.IsValid() { // else it is told where it stands
			u.pass.Report(analysis.Diagnostic{Pos: at, Category: "policy", Message: q.Message})
		}
	}
}

// buildSSA builds the package over its imports' declarations.
func (u *unit) buildSSA() *ssa.Package {
	prog := ssa.NewProgram(u.pass.Fset, ssa.InstantiateGenerics)
	for _, p := range u.pass.Pkg.Imports() {
		prog.CreatePackage(p, nil, nil, true)
	}
	pkg := prog.CreatePackage(u.pass.Pkg, u.pass.Files, u.pass.TypesInfo, true)
	pkg.Build()
	return pkg
}

// readFacts finds what the direct imports tell, in the order of their paths.
func (u *unit) readFacts() {
	imports := slices.Clone(u.pass.Pkg.Imports())
	sort.Slice(imports, func(i, j int) bool { return imports[i].Path() < imports[j].Path() })
	for _, p := range imports {
		var f packageFact
		if u.pass.ImportPackageFact(p, &f) {
			u.imports = append(u.imports, link.Import{Path: p.Path(), Data: f.Data})
		}
	}
}

// facts are what the unit tells its importers; nil for nothing.
func (u *unit) facts(b *builder) ([]byte, error) {
	if link.Below(u.models, u.pass.Pkg.Path()) {
		return nil, nil
	}
	facts := b.linked.Export(func(in ssa.Instruction, fn *ssa.Function) (string, int, int) {
		q := b.pos(in, fn)
		return u.farFile(q.File), q.Line, q.Column
	})
	if err := u.writePolicy(facts); err != nil {
		return nil, err
	}
	return fact.Encode(facts)
}

// farFile is the name of one of the unit's files for other units: under its
// import path, wherever it was built.
func (u *unit) farFile(name string) string {
	return path.Join(u.pass.Pkg.Path(), path.Base(filepath.ToSlash(name)))
}
