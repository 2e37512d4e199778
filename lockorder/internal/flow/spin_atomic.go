package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// An atomicVerb is what an operation does to a word.
type atomicVerb uint8

const (
	atomicLoad  atomicVerb = iota
	atomicStore            // plain stores of a constant too
	atomicSwap
	atomicCAS
	atomicAdd
	atomicAnd
	atomicOr
	atomicCall // of a function that does any of them, for its result
)

// atomicPackages declare functions and methods whose first operand, or
// receiver, is a word, and whose names begin with what they do to it.
var atomicPackages = map[string]bool{
	"sync/atomic":             true,
	"internal/runtime/atomic": true,
	"runtime/internal/atomic": true, // until Go 1.23
	"go.uber.org/atomic":      true,
}

var atomicNames = []struct {
	prefix string
	verb   atomicVerb
}{
	{"CompareAndSwap", atomicCAS}, {"Cas", atomicCAS}, {"CAS", atomicCAS},
	{"Swap", atomicSwap}, {"Xchg", atomicSwap},
	{"Store", atomicStore}, {"Load", atomicLoad},
	{"Add", atomicAdd}, {"Xadd", atomicAdd},
	{"And", atomicAnd}, {"Or", atomicOr},
}

// operands of each verb, the word among them.
var atomicOperands = [...]int{atomicLoad: 1, atomicStore: 2, atomicSwap: 2, atomicCAS: 3, atomicAdd: 2, atomicAnd: 2, atomicOr: 2}

// An atomicOp is one operation on a word.
type atomicOp struct {
	site ssa.Instruction // a call, or a plain store
	verb atomicVerb
	addr ssa.Value // of the word; nil for atomicCall
	key  any       // of the word, see wordOf
	old  ssa.Value // that a CAS expects
	arg  ssa.Value // stored, added or masked with

	// Of a CAS, as far as they are known:
	set   constant.Value // sets these bits of what it expects
	clear constant.Value // clears them

	// Of an atomicCall:
	callee *ssa.Function
	inner  []*atomicOp // in the callee
}

// inAtomics reports whether f belongs to a package of atomic operations.
func inAtomics(f *ssa.Function) bool {
	if o := f.Origin(); o != nil {
		f = o
	}
	return f.Object() != nil && f.Object().Pkg() != nil && atomicPackages[f.Object().Pkg().Path()]
}

// atomicOf reads an atomic operation off a call, or returns nil.
func atomicOf(in ssa.CallInstruction) *atomicOp {
	c := in.Common()
	f := c.StaticCallee()
	if f == nil || len(c.Args) == 0 || !inAtomics(f) {
		return nil
	}
	for _, n := range atomicNames {
		if !strings.HasPrefix(f.Name(), n.prefix) {
			continue
		}
		if len(c.Args) != atomicOperands[n.verb] {
			return nil
		}
		op := &atomicOp{site: in, verb: n.verb, addr: c.Args[0], key: wordOf(c.Args[0])}
		if op.key == nil {
			return nil
		}
		if n.verb != atomicLoad {
			op.arg = c.Args[len(c.Args)-1]
		}
		if n.verb == atomicCAS {
			op.old = c.Args[1]
			op.bits()
		}
		return op
	}
	return nil
}

// bits finds out which flag a CAS sets or clears: by the form of what it
// expects and sets, or of what a branch on the way says that they equal.
func (op *atomicOp) bits() {
	old, arg := plain(op.old), plain(op.arg)
	b := op.site.Block()
	for _, v := range []ssa.Value{arg, equalAt(arg, b)} {
		if x, bit := masked(v, token.OR); x == old {
			op.set = bit
		}
		if x, bit := masked(v, token.AND_NOT); x == old {
			op.clear = bit
		}
	}
	for _, v := range []ssa.Value{old, equalAt(old, b)} {
		if x, bit := masked(v, token.OR); x == arg {
			op.clear = bit
		}
	}
}

// plain strips conversions, and loads of a variable that is assigned once: one
// that a closure captures.
func plain(v ssa.Value) ssa.Value {
	for range 16 { // a variable may be assigned to itself, x = x
		switch x := v.(type) {
		case *ssa.UnOp:
			cell, ok := x.X.(*ssa.Alloc)
			if !ok || x.Op != token.MUL {
				return v
			}
			once := assignedOnce(cell)
			if once == nil {
				return v
			}
			v = once
		case *ssa.ChangeType:
			v = x.X
		case *ssa.Convert:
			v = x.X
		default:
			return v
		}
	}
	return v
}

// assignedOnce returns the one value that is assigned to a variable, or nil.
func assignedOnce(cell *ssa.Alloc) ssa.Value {
	var once ssa.Value
	for _, r := range *cell.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr != cell || once != nil {
				return nil
			}
			once = r.Val
		case *ssa.MakeClosure:
			for i, b := range r.Bindings {
				if b == cell && assigns(r.Fn.(*ssa.Function), i, 0) {
					return nil
				}
			}
		case *ssa.UnOp, *ssa.DebugRef:
		default: // its address goes elsewhere
			return nil
		}
	}
	return once
}

// masked takes apart x|c, x&^c and x&c. The x of a constant is nil.
func masked(v ssa.Value, op token.Token) (ssa.Value, constant.Value) {
	if v == nil {
		return nil, nil
	}
	b, ok := plain(v).(*ssa.BinOp)
	if !ok || b.Op != op {
		return nil, nil
	}
	x, y := b.X, b.Y
	if constOf(x) != nil {
		x, y = y, x
	}
	c := constOf(y)
	if c == nil || c.Kind() != constant.Int {
		return nil, nil
	}
	return plain(x), c
}

// constOf returns the constant that v is, with false, nil and true as 0, 0
// and 1, or nil.
func constOf(v ssa.Value) constant.Value {
	if v == nil {
		return nil
	}
	k, ok := plain(v).(*ssa.Const)
	if !ok {
		return nil
	}
	switch {
	case k.Value == nil:
		if _, basic := k.Type().Underlying().(*types.Basic); basic || isPointer(k.Type()) {
			return constant.MakeInt64(0)
		}
		return nil
	case k.Value.Kind() == constant.Bool:
		if constant.BoolVal(k.Value) {
			return constant.MakeInt64(1)
		}
		return constant.MakeInt64(0)
	case k.Value.Kind() == constant.Int:
		return k.Value
	}
	return nil
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// equalAt returns what a branch above b says that v equals, or nil.
func equalAt(v ssa.Value, b *ssa.BasicBlock) ssa.Value {
	for d := b; d != nil; d = d.Idom() {
		p := d.Idom()
		if p == nil || len(d.Preds) != 1 || d.Preds[0] != p {
			continue
		}
		br, ok := p.Instrs[len(p.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		c, ok := br.Cond.(*ssa.BinOp)
		if !ok || !(c.Op == token.EQL && p.Succs[0] == d || c.Op == token.NEQ && p.Succs[1] == d) {
			continue
		}
		switch v {
		case plain(c.X):
			if _, expr := plain(c.Y).(*ssa.BinOp); expr {
				return c.Y
			}
		case plain(c.Y):
			if _, expr := plain(c.X).(*ssa.BinOp); expr {
				return c.X
			}
		}
	}
	return nil
}

// wordOf returns what stands for the words at an address, over all functions:
// the innermost field, the variable, or the named type that is one word; the
// parameter, if it came from a caller; nil if none of them.
func wordOf(v ssa.Value) any {
	for range 16 {
		if t := wordType(v.Type()); t != nil {
			return t
		}
		switch x := v.(type) {
		case *ssa.FieldAddr:
			return fieldOf(x)
		case *ssa.Global:
			if x.Object() == nil {
				return nil
			}
			return x.Object()
		case *ssa.Alloc:
			s := singleStore(x)
			if s == nil {
				return x
			}
			v = s
		case *ssa.Parameter:
			return x
		case *ssa.FreeVar:
			if v = binding(x); v == nil {
				return nil
			}
		case *ssa.IndexAddr:
			v = x.X
		case *ssa.Slice:
			v = x.X
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return nil
			}
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.Convert:
			v = x.X
		default:
			return nil
		}
	}
	return nil
}

// wordType returns the named type of which t points to a value, if that is
// one word with methods that change it: type SpinLock uint32.
func wordType(t types.Type) *types.TypeName {
	p, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return nil
	}
	n, ok := types.Unalias(p.Elem()).(*types.Named)
	if !ok || n.NumMethods() == 0 {
		return nil
	}
	if _, basic := n.Underlying().(*types.Basic); !basic {
		return nil
	}
	for i := range n.NumMethods() {
		if recv := n.Method(i).Signature().Recv(); recv != nil && isPointer(recv.Type()) {
			return n.Origin().Obj()
		}
	}
	return nil
}

func fieldOf(a *ssa.FieldAddr) *types.Var {
	return a.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct).Field(a.Field).Origin()
}

// singleStore returns the pointer that a variable always holds, or nil.
func singleStore(v *ssa.Alloc) ssa.Value {
	if !isPointer(v.Type().Underlying().(*types.Pointer).Elem()) {
		return nil
	}
	var only ssa.Value
	for _, r := range *v.Referrers() {
		if s, ok := r.(*ssa.Store); ok && s.Addr == v {
			if only != nil {
				return nil
			}
			only = s.Val
		}
	}
	return only
}

// binding returns what a closure's free variable is bound to, or nil.
func binding(v *ssa.FreeVar) ssa.Value {
	fn := v.Parent()
	if fn.Parent() == nil {
		return nil
	}
	mk := closureOf(fn)
	for i, f := range fn.FreeVars {
		if f == v && mk != nil && i < len(mk.Bindings) {
			return mk.Bindings[i]
		}
	}
	return nil
}

// isWord reports whether t points to what can be a word.
func isWord(t types.Type) bool {
	p, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return false
	}
	switch e := types.Unalias(p.Elem()).(type) {
	case *types.Basic:
		return e.Info()&types.IsInteger != 0
	case *types.Named:
		obj := e.Obj()
		return obj.Pkg() != nil && atomicPackages[obj.Pkg().Path()]
	}
	return false
}
