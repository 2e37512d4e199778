package link

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/fact"
	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// far is what the facts of the imports say: functions without bodies, whose
// nodes have their records and effects from elsewhere.
type far struct {
	packages map[string]*types.Package // all that the unit can see, by path
	fakes    map[string]*types.Package
	fields   map[string]*types.Var // made up, where no declaration is in view
	vars     map[string]types.Object

	fns      map[string]*farFunc
	generic  map[string]*farFunc        // by name without type arguments
	of       map[*ssa.Function]*farFunc // by stand-in
	nodes    map[*flow.Node]*farNode
	places   map[placeKey]*flow.Far
	sites    map[siteKey]*flow.Site
	classes  map[string]*Class
	pipes    map[Pipe]bool
	feeds    map[Feed][]string // functions, by slot and method
	fed      map[Feed]bool
	types    map[string]map[string]string // by the name of a concrete type: functions, by method
	methods  map[string]bool              // of these, whatever the type
	puts     map[slot][]string            // names of types
	put      map[Put]bool
	concrete map[string]types.Type // by name
	made     map[types.Type]string // of these, those made up, and their names
	leaked   map[ssa.Instruction]bool
	given    map[string]bool
	dead     map[string]bool // true: dies; false: never returns
	waits    map[string]any  // by class: where it is kept, as placeOf says
	awaited  []awaited
	flows    map[*ssa.Function][]*ssa.BasicBlock
}

// A farFunc is a function of another package. fn stands for it: it has a name
// and no body.
type farFunc struct {
	name  string
	fn    *ssa.Function
	slots map[int]relevance
	nodes map[string]*flow.Node // by context
	from  Imports

	stores []store
}

// A farNode is what a fact says of a node beside its record and effect.
type farNode struct {
	root, spawned bool
	started       bool // some goroutine begins with it
	results       int
	gates         []Gate // held on every way in
}

// Imports is a set of direct imports, by their index in the unit.
type Imports []uint64

func (s Imports) with(i int) Imports {
	for len(s) <= i/64 {
		s = append(s, 0)
	}
	s[i/64] |= 1 << (i % 64)
	return s
}

// And intersects two sets.
func (s Imports) And(t Imports) Imports {
	out := make(Imports, min(len(s), len(t)))
	for i := range out {
		out[i] = s[i] & t[i]
	}
	return out
}

// Empty reports whether nothing is in s.
func (s Imports) Empty() bool {
	for _, w := range s {
		if w != 0 {
			return false
		}
	}
	return true
}

type placeKey struct {
	fn, file            string
	line, column, order int
}

type siteKey struct {
	at                 ssa.Instruction
	via                string
	inner              *flow.Site
	released, byCaller bool
}

// An Import is the facts of one direct import, as fact.Encode wrote them.
type Import struct {
	Path string
	Data []byte
}

func newFar(pkg *types.Package) *far {
	f := &far{
		packages: make(map[string]*types.Package), fakes: make(map[string]*types.Package),
		fields: make(map[string]*types.Var), vars: make(map[string]types.Object),
		fns: make(map[string]*farFunc), generic: make(map[string]*farFunc), of: make(map[*ssa.Function]*farFunc), nodes: make(map[*flow.Node]*farNode),
		places: make(map[placeKey]*flow.Far), sites: make(map[siteKey]*flow.Site),
		classes: make(map[string]*Class), dead: make(map[string]bool),
		pipes: make(map[Pipe]bool), feeds: make(map[Feed][]string), fed: make(map[Feed]bool),
		types: make(map[string]map[string]string), methods: make(map[string]bool),
		puts: make(map[slot][]string), put: make(map[Put]bool), concrete: make(map[string]types.Type), made: make(map[types.Type]string),
		leaked: make(map[ssa.Instruction]bool), given: make(map[string]bool),
		waits: make(map[string]any), flows: make(map[*ssa.Function][]*ssa.BasicBlock),
	}
	var visit func(*types.Package)
	visit = func(p *types.Package) {
		if f.packages[p.Path()] != nil {
			return
		}
		f.packages[p.Path()] = p
		for _, q := range p.Imports() {
			visit(q)
		}
	}
	visit(pkg)
	return f
}

// take reads the facts of the imports, in a fixed order. What several tell of
// is kept once, so that each is done with before the next is read.
func (p *Program) take(imports []Import) error {
	for i, imp := range imports {
		facts, err := fact.Decode(imp.Data)
		if err != nil {
			return fmt.Errorf("facts of package %s: %w", imp.Path, err)
		}
		d := &decoder{p: p, f: p.far, in: facts, index: i}
		d.run()
	}
	return nil
}

// isFar reports whether n is known from facts.
func (p *Program) isFar(n *flow.Node) bool { return p.far != nil && p.far.nodes[n] != nil }

// From returns the imports that tell of a function: none for the unit's own.
func (p *Program) From(f *ssa.Function) Imports {
	if p.far != nil {
		if ff := p.far.of[f]; ff != nil {
			return ff.from
		}
	}
	return nil
}

// Has reports whether the i'th import is in s.
func (s Imports) Has(i int) bool { return i/64 < len(s) && s[i/64]&(1<<(i%64)) != 0 }
