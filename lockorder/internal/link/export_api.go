package link

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// callable reports whether importers may call a node: exported functions, and
// the methods of any type, which an interface may hide.
func (p *Program) callable(n *flow.Node, api map[string]bool) bool {
	if ff := p.far.of[n.Fn]; ff != nil {
		return p.far.nodes[n].root && api[ff.name]
	}
	f := n.Fn
	if f.Parent() != nil || f.Pkg == nil && f.Origin() == nil {
		return false
	}
	return exported(f) || f.Signature.Recv() != nil
}

// general returns the node of a function in no context, or nil.
func (p *Program) general(f *ssa.Function) *flow.Node {
	if ff := p.farOf(f); ff != nil {
		return ff.nodes[""]
	}
	return p.nodes[nodeKey{f, ""}]
}

// apiTypes returns the methods, by name, of the types of other packages that
// the unit's own declarations show: an importer may call them though it does
// not import their package.
// It also returns the interfaces among them.
func (p *Program) apiTypes() *apiWalk {
	w := &apiWalk{methods: make(map[string]bool), ifaces: make(map[*types.TypeName]bool), seen: make(map[types.Type]bool)}
	scope := p.unit.Pkg.Scope()
	for _, name := range scope.Names() {
		if obj := scope.Lookup(name); obj.Exported() {
			w.visit(obj.Type())
		}
	}
	return w
}

type apiWalk struct {
	methods map[string]bool
	ifaces  map[*types.TypeName]bool
	seen    map[types.Type]bool
}

func (w *apiWalk) visit(t types.Type) {
	if t = types.Unalias(t); w.seen[t] {
		return
	}
	w.seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		if types.IsInterface(t) {
			w.ifaces[t.Obj()] = true
		}
		for m := range t.Origin().Methods() {
			w.methods[m.FullName()] = true
			if m.Exported() {
				w.visit(m.Type())
			}
		}
		w.visit(t.Underlying())
		for arg := range t.TypeArgs().Types() {
			w.visit(arg)
		}
	case *types.Pointer:
		w.visit(t.Elem())
	case *types.Slice:
		w.visit(t.Elem())
	case *types.Array:
		w.visit(t.Elem())
	case *types.Chan:
		w.visit(t.Elem())
	case *types.Map:
		w.visit(t.Key())
		w.visit(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			if f.Exported() || f.Embedded() {
				w.visit(f.Type())
			}
		}
	case *types.Signature:
		w.visit(t.Params())
		w.visit(t.Results())
	case *types.Tuple:
		for v := range t.Variables() {
			w.visit(v.Type())
		}
	case *types.Interface:
		for m := range t.Methods() {
			if m.Exported() {
				w.visit(m.Type())
			}
		}
	}
}
