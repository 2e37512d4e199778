package link

import (
	"cmp"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/fact"
	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// making is what the unit knows of the concrete types of interfaces: those that
// it makes interfaces of itself, and those that its imports tell of and that
// its own declarations show.
type making struct {
	methods map[string]map[string]string // functions, by type and method
	puts    map[Put]bool
}

// findMade looks for interfaces that importers can get: what functions return,
// what exported fields and variables hold, and whatever is made into a named
// interface. All that only where same says that type and interface are of the
// unit's module: of io.Writer and its like too much is made.
func (e *encoder) findMade(shown map[*types.TypeName]bool) {
	p := e.p
	e.making = making{methods: make(map[string]map[string]string), puts: make(map[Put]bool)}
	for q := range p.far.put {
		if e.forwards(slot(q.Slot), shown) {
			e.put(slot(q.Slot), q.Type, p.far.types[q.Type])
		}
	}
	for _, f := range p.scan.fns {
		for _, b := range f.Blocks {
			for _, in := range b.Instrs {
				if mk, ok := in.(*ssa.MakeInterface); ok {
					e.putMade(mk)
				}
			}
		}
		if e.returnsOut(f) {
			for i := range f.Signature.Results().Len() {
				if carries(f.Signature.Results().At(i).Type(), 0) {
					e.putResult(f, i)
				}
			}
		}
	}
}

// forwards reports whether importers that do not import where the facts about
// a slot come from may ask for them: its interface or its method is shown, and
// of the unit's module.
func (e *encoder) forwards(s slot, shown map[*types.TypeName]bool) bool {
	switch kind, rest := s[:2], string(s[2:]); kind {
	case "i:":
		n, ok := e.p.far.namedType(rest).(*types.Named)
		return ok && e.p.Same(n.Obj().Pkg().Path()) && (shown[n.Obj()] || n.Obj().Pkg() == e.p.unit.Pkg)
	case "r:":
		fn := rest[:lastColon(rest)]
		return e.api[fn] && e.p.Same(packageIn(fn))
	}
	return false
}

// returnsOut reports whether importers may call f, as an own function.
func (e *encoder) returnsOut(f *ssa.Function) bool {
	return f.Pkg == e.p.unit && f.Parent() == nil && (exported(f) || f.Signature.Recv() != nil)
}

// putMade notes what an interface is made of.
func (e *encoder) putMade(mk *ssa.MakeInterface) {
	n, ok := types.Unalias(mk.Type()).(*types.Named)
	if !ok || madeSlot(n) == "" || !e.p.Same(n.Obj().Pkg().Path()) {
		return
	}
	e.putType(madeSlot(n), mk.X.Type())
}

// putResult notes what a function returns.
func (e *encoder) putResult(f *ssa.Function, i int) {
	s := e.p.slots
	to := resultSlot(flow.FuncKey(f), i)
	var via []slot
	for _, ret := range returnsOf(f) {
		if mk, ok := ret.Results[i].(*ssa.MakeInterface); ok {
			e.putType(to, mk.X.Type())
			continue
		}
		sources, by := s.reach(s.node(ret.Results[i]))
		for _, v := range sources {
			if mk, ok := v.(*ssa.MakeInterface); ok {
				e.putType(to, mk.X.Type())
			}
		}
		via = append(via, by...)
	}
	for _, name := range s.farTypes(via) {
		e.put(to, name, e.p.far.types[name])
	}
}

// putType notes that a concrete type may be in a slot.
func (e *encoder) putType(to slot, t types.Type) {
	if types.IsInterface(t) || !e.p.Same(declaredBy(t)) {
		return
	}
	name := types.TypeString(t, nil)
	if e.making.methods[name] == nil {
		methods := make(map[string]string)
		e.making.methods[name] = methods
		set := e.p.SSA.MethodSets.MethodSet(t)
		for i := range set.Len() {
			sel := set.At(i)
			if !sel.Obj().Exported() {
				continue
			}
			if f := e.p.SSA.MethodValue(sel); f != nil {
				methods[flow.MethodID(sel.Obj().(*types.Func))] = e.p.slots.farKey(f)
				e.reveal(f)
			}
		}
	}
	e.making.puts[Put{string(to), name}] = true
}

// put notes the same of a type that facts tell of.
func (e *encoder) put(to slot, name string, methods map[string]string) {
	if e.making.methods[name] == nil {
		e.making.methods[name] = methods
		for _, fn := range methods {
			if ff := e.p.far.fns[fn]; ff != nil {
				e.reveal(ff.fn)
			}
		}
	}
	e.making.puts[Put{string(to), name}] = true
}

// reveal marks what importers may call through an interface.
func (e *encoder) reveal(f *ssa.Function) {
	if n := e.p.general(f); n != nil {
		e.callable[n.ID] = true
	}
}

// declaredBy is the path of the package that declares a type, or a pointer's.
func declaredBy(t types.Type) string {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() != nil {
		return n.Obj().Pkg().Path()
	}
	return ""
}

// writeMade tells of the types of which some method is told of, or returns
// another such type, and where they are.
func (e *encoder) writeMade() {
	told := make(map[string]bool) // functions
	for _, n := range e.kept {
		told[e.name(n.Fn)] = true
	}
	types := make(map[string]bool)
	for changed := true; changed; {
		changed = false
		for name, methods := range e.making.methods {
			if types[name] {
				continue
			}
			for _, fn := range methods {
				if told[fn] {
					types[name], changed = true, true
					break
				}
			}
		}
		for q := range e.making.puts {
			if s := q.Slot; s[:2] == "r:" && types[q.Type] && !told[s[2:lastColon(s)]] {
				told[s[2:lastColon(s)]], changed = true, true
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(types)) {
		t := fact.Type{Name: e.text(name)}
		methods := e.making.methods[name]
		for _, id := range slices.Sorted(maps.Keys(methods)) {
			if told[methods[id]] {
				t.Methods = append(t.Methods, fact.Method{ID: e.text(id), Fn: e.text(methods[id])})
			}
		}
		e.out.Types = append(e.out.Types, t)
	}
	puts := chosen(e.making.puts, nil, func(q Put) bool { return types[q.Type] }, func(a, b Put) int {
		return cmp.Or(strings.Compare(a.Slot, b.Slot), strings.Compare(a.Type, b.Type))
	})
	for _, q := range puts {
		e.out.Puts = append(e.out.Puts, fact.Put{Slot: e.text(q.Slot), Type: e.text(q.Type)})
	}
}
