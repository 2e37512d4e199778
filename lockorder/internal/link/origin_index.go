package link

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A storeIndex lists the stores of the program by where they go.
type storeIndex struct {
	fields  map[*types.Var][]*ssa.Store
	globals map[*ssa.Global][]*ssa.Store
	// taken are the fields (*types.Var) and package variables (*ssa.Global)
	// whose address is used otherwise than to load and store.
	taken map[any]bool
	// whole are the stores of structs as a whole, by the function fields that
	// are in them.
	whole map[*types.Var][]*ssa.Store
	// elements are what is stored into containers.
	elements []stored
	// containers are the addresses of fields that have a container.
	containers map[*types.Var][]*ssa.FieldAddr
}

// An stored is a value stored into a container.
type stored struct{ container, value ssa.Value }

func newStoreIndex() *storeIndex {
	return &storeIndex{
		fields: make(map[*types.Var][]*ssa.Store), globals: make(map[*ssa.Global][]*ssa.Store),
		taken: make(map[any]bool), whole: make(map[*types.Var][]*ssa.Store),
		containers: make(map[*types.Var][]*ssa.FieldAddr),
	}
}

// field notes the fields whose address somebody keeps, and those of containers.
func (x *storeIndex) field(in *ssa.FieldAddr) {
	f := fieldVar(in)
	if _, part := f.Type().Underlying().(*types.Struct); !part && !onlyAccessed(in) {
		x.taken[f] = true
	}
	if isContainer(f.Type()) {
		x.containers[f] = append(x.containers[f], in)
	}
}

// global notes the variables whose address somebody keeps.
func (x *storeIndex) global(g *ssa.Global, in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.Store:
		if in.Val != g {
			return
		}
	case *ssa.FieldAddr:
		return
	}
	x.taken[g] = true
}

func (x *storeIndex) store(in *ssa.Store) {
	x.copied(in, in.Val.Type())
	switch a := in.Addr.(type) {
	case *ssa.FieldAddr:
		x.fields[fieldVar(a)] = append(x.fields[fieldVar(a)], in)
	case *ssa.Global:
		x.globals[a] = append(x.globals[a], in)
	case *ssa.IndexAddr:
		if leadsOn(in.Val.Type()) {
			x.elements = append(x.elements, stored{a.X, in.Val})
		}
	}
}

// copied notes the function fields that a store of a struct sets.
func (x *storeIndex) copied(in *ssa.Store, t types.Type) {
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for f := range s.Fields() {
		if isFunc(f.Type()) {
			x.whole[f.Origin()] = append(x.whole[f.Origin()], in)
		}
		x.copied(in, f.Type())
	}
}

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// onlyAccessed reports whether an address is used to load and store only.
func onlyAccessed(addr ssa.Value) bool {
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.UnOp:
			if r.Op != token.MUL {
				return false
			}
		case *ssa.Store:
			if r.Addr != addr {
				return false
			}
		case *ssa.DebugRef:
		default:
			return false
		}
	}
	return true
}

// putsIn returns the stores to a field.
func (s *scan) putsIn(f *types.Var) []*ssa.Store { return s.index.fields[f] }

// A content lists what is put into containers: by the field that holds the
// container, or, where that is not known, by the type of the elements (of a
// map, of the map).
type content struct {
	of    map[*types.Var][]ssa.Value
	loose map[string][]ssa.Value
	alias map[*types.Var][]*types.Var // fields that get the container of another
}

// contained looks the contents of containers up, once.
func (p *Program) contained() *content {
	if p.content != nil {
		return p.content
	}
	c := &content{of: make(map[*types.Var][]ssa.Value), loose: make(map[string][]ssa.Value), alias: make(map[*types.Var][]*types.Var)}
	p.content = c
	for _, e := range p.scan.index.elements {
		l := p.locate(e.container)
		if f := lastField(l); f != nil {
			c.of[f] = append(c.of[f], e.value)
			continue
		}
		if array, ok := e.container.(*ssa.Alloc); ok && array == l.root {
			continue // a literal, which is followed itself
		}
		k := types.TypeString(elementOf(e.container.Type()), nil)
		c.loose[k] = append(c.loose[k], e.value)
	}
	for f, stores := range p.scan.index.fields {
		if !isContainer(f.Type()) {
			continue
		}
		for _, st := range stores {
			if g := lastField(p.locate(st.Val)); g != nil && g != f {
				c.alias[g] = append(c.alias[g], f)
			}
		}
	}
	return c
}

// lastField returns the field in which a container is, or nil.
func lastField(l located) *types.Var {
	if n := len(l.chain); n > 0 {
		return l.chain[n-1]
	}
	return nil
}

func isContainer(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Map, *types.Slice:
		return true
	}
	return false
}

// elementOf names the kind of a container: slices and arrays by their
// elements, maps as they are.
func elementOf(t types.Type) types.Type {
	switch u := deref(t).Underlying().(type) {
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		return u.Elem()
	}
	return t
}
