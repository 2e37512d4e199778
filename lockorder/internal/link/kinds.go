package link

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// A role is a field that an object gets where it is made, a constant, and that
// is tested: the kind of a connection. Objects of two kinds are never one.

// kinds is a set of the constants that a role may be; the last bit stands for
// all that have none of their own.
type kinds uint64

const (
	allKinds  kinds = 1<<64 - 1
	otherKind kinds = 1 << 63
)

// roles are the fields that tests compare with constants.
type roles struct {
	bits  map[*types.Var]map[string]kinds // by constant
	tests map[*ssa.Function][]roleTest
	of    map[*types.Var][]*types.Var // by a field of their struct
	at    map[roleAt][]kinds          // by block
}

// A roleTest is the test at the end of a block: the object, and what its role
// may be when the first successor is taken, and when the second is.
type roleTest struct {
	block *ssa.BasicBlock
	obj   ssa.Value
	role  *types.Var
	out   [2]kinds
}

type roleAt struct {
	obj  ssa.Value
	role *types.Var
	fn   *ssa.Function
}

// findRoles looks the tests up, once.
func (p *Program) findRoles() *roles {
	if p.roles != nil {
		return p.roles
	}
	r := &roles{
		bits: make(map[*types.Var]map[string]kinds), tests: make(map[*ssa.Function][]roleTest),
		of: make(map[*types.Var][]*types.Var), at: make(map[roleAt][]kinds),
	}
	p.roles = r
	for _, f := range p.scan.fns {
		for _, b := range f.Blocks {
			test, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
			if !ok {
				continue
			}
			addr, c, equal := comparedField(test.Cond)
			if addr == nil || !p.isRole(fieldVar(addr)) {
				continue
			}
			is := r.bit(fieldVar(addr), c)
			out := [2]kinds{is, ^is | otherKind}
			if !equal {
				out[0], out[1] = out[1], out[0]
			}
			r.tests[f] = append(r.tests[f], roleTest{b, addr.X, fieldVar(addr), out})
		}
	}
	return r
}

// comparedField returns the field that a condition compares with a constant, and
// whether it is to be equal; a flag that is the condition is compared with true.
func comparedField(cond ssa.Value) (addr *ssa.FieldAddr, c constant.Value, equal bool) {
	field := func(v ssa.Value) *ssa.FieldAddr {
		if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
			addr, _ := load.X.(*ssa.FieldAddr)
			return addr
		}
		return nil
	}
	if cmp, ok := cond.(*ssa.BinOp); ok && (cmp.Op == token.EQL || cmp.Op == token.NEQ) {
		if c, ok := cmp.Y.(*ssa.Const); ok && c.Value != nil {
			return field(cmp.X), c.Value, cmp.Op == token.EQL
		}
		return nil, nil, false
	}
	return field(cond), constant.MakeBool(true), true
}

// isRole reports whether all stores to a field are of what is made there.
func (p *Program) isRole(f *types.Var) bool {
	if p.scan.index.taken[f] || p.foreign(f, true) || !p.Constant(f) {
		return false
	}
	for _, st := range p.scan.putsIn(f) {
		if _, ok := st.Addr.(*ssa.FieldAddr).X.(*ssa.Alloc); !ok {
			return false
		}
	}
	return true
}

func (r *roles) bit(role *types.Var, c constant.Value) kinds {
	bits := r.bits[role]
	if bits == nil {
		bits = make(map[string]kinds)
		r.bits[role] = bits
	}
	k := c.ExactString()
	b, ok := bits[k]
	if !ok {
		b = otherKind
		if len(bits) < 63 {
			b = 1 << len(bits)
		}
		bits[k] = b
	}
	return b
}

// rolesBeside returns the roles of the struct that a field is in, flags last.
func (p *Program) rolesBeside(f *types.Var) []*types.Var {
	r := p.findRoles()
	if out, ok := r.of[f]; ok {
		return out
	}
	var out []*types.Var
	if s := p.structWith(f); s != nil {
		for other := range s.Type().Underlying().(*types.Struct).Fields() {
			if o := other.Origin(); r.bits[o] != nil {
				out = append(out, o)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *types.Var) int {
		switch {
		case isFlag(a) == isFlag(b):
			return 0
		case isFlag(b):
			return -1
		}
		return 1
	})
	out = out[:min(len(out), maxRoles)]
	r.of[f] = out
	return out
}

// maxRoles bounds the roles of one struct that are looked at.
const maxRoles = 3

// structWith returns the declared struct that a field is in, or nil.
func (p *Program) structWith(f *types.Var) *types.TypeName {
	if t, asked := p.structs[f]; asked || f.Pkg() == nil {
		return t
	}
	p.structs[f] = nil
	scope := f.Pkg().Scope()
	for _, name := range scope.Names() {
		t, ok := scope.Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		s, ok := t.Type().Underlying().(*types.Struct)
		if !ok {
			continue
		}
		for g := range s.Fields() {
			if g == f {
				p.structs[f] = t
				return t
			}
		}
	}
	return nil
}

// kindsAt returns the kinds that the tests on the way to an instruction leave to
// the object v.
func (p *Program) kindsAt(v ssa.Value, at ssa.Instruction, role *types.Var) kinds {
	if at == nil || at.Block() == nil {
		return allKinds
	}
	f := at.Parent()
	r := p.findRoles()
	if len(r.tests[f]) == 0 {
		return allKinds
	}
	obj := p.locate(v)
	if len(obj.chain) > 0 {
		return allKinds
	}
	k := roleAt{obj.root, role, f}
	in, ok := r.at[k]
	if !ok {
		in = p.kindsIn(f, obj.root, role)
		r.at[k] = in
	}
	if in == nil || in[at.Block().Index] == 0 {
		return allKinds
	}
	return in[at.Block().Index]
}

// kindsIn returns, by block, the kinds that the tests of a function leave to an
// object; nil if they test it not.
func (p *Program) kindsIn(f *ssa.Function, obj ssa.Value, role *types.Var) []kinds {
	tests := make(map[*ssa.BasicBlock][2]kinds)
	for _, t := range p.roles.tests[f] {
		if l := p.locate(t.obj); t.role == role && l.root == obj && len(l.chain) == 0 {
			tests[t.block] = t.out
		}
	}
	if len(tests) == 0 {
		return nil
	}
	in := make([]kinds, len(f.Blocks))
	in[0] = allKinds
	work := []*ssa.BasicBlock{f.Blocks[0]}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		for i, s := range b.Succs {
			out := in[b.Index]
			if t, ok := tests[b]; ok {
				out &= t[i]
			}
			if in[s.Index]|out != in[s.Index] {
				in[s.Index] |= out
				work = append(work, s)
			}
		}
	}
	return in
}

// kindsOf returns the kinds that an origin may be of.
func (p *Program) kindsOf(o any, role *types.Var, depth int) kinds {
	v, ok := o.(ssa.Value)
	if !ok || depth > 4 {
		return allKinds
	}
	if made, ok := v.(*ssa.Alloc); ok {
		return p.kindsMade(made, role)
	}
	call, i := flow.CallOf(v)
	if call == nil {
		return allKinds
	}
	of := kinds(0)
	targets, all := p.calleesOf(call)
	for _, f := range targets {
		makers := p.makes(f, i)
		if len(makers) == 0 {
			return allKinds
		}
		for _, m := range makers {
			of |= p.kindsOf(m, role, depth+1)
		}
	}
	if !all {
		return allKinds
	}
	return of
}

// kindsMade returns the kinds of which an object is made.
func (p *Program) kindsMade(made *ssa.Alloc, role *types.Var) kinds {
	set, always := kinds(0), false
	for _, r := range *made.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr == ssa.Value(made) {
				return allKinds // a copy
			}
		case *ssa.FieldAddr:
			if fieldVar(r) != role {
				continue
			}
			for _, u := range *r.Referrers() {
				if st, ok := u.(*ssa.Store); ok {
					set |= p.kindsStored(st.Val, role)
					always = always || st.Block() == made.Block()
				}
			}
		}
	}
	if !always {
		set |= p.roles.bit(role, zeroOf(role))
	}
	return set
}

// kindsStored returns what a value that is stored may be: a constant, or what
// all callers give for it.
func (p *Program) kindsStored(v ssa.Value, role *types.Var) kinds {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil {
			return p.roles.bit(role, v.Value)
		}
	case *ssa.Parameter:
		in, all := p.callersOf(v.Parent())
		if !all {
			return allKinds
		}
		set := kinds(0)
		for _, e := range in {
			var c *ssa.Const
			if e.Site != nil {
				c, _ = argument(e.Site, v.Parent(), v).(*ssa.Const)
			}
			if c == nil || c.Value == nil {
				return allKinds
			}
			set |= p.roles.bit(role, c.Value)
		}
		return set
	}
	return allKinds
}

// zeroOf is the zero value of a flag, a text or a number.
func zeroOf(role *types.Var) constant.Value {
	if isFlag(role) {
		return constant.MakeBool(false)
	}
	if b, ok := role.Type().Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 {
		return constant.MakeString("")
	}
	return constant.MakeInt64(0)
}

func isFlag(role *types.Var) bool {
	b, ok := role.Type().Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}
