package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// A Value is what is known of an SSA value. The zero Value: nothing.
type Value struct {
	Path  *lock.Path     // where it comes from
	Fn    *FuncVal       // the function it is
	Const constant.Value // the constant it is
	Nil   bool           // it is nil
	Dyn   types.Type     // the concrete type of an interface,
	OrNil bool           // unless that is nil
	New   bool           // of an argument: nobody but the caller knows the object

	// Fields are the values of an object's fields that never change once the
	// object is made.
	Fields map[*types.Var]Value
}

// A FuncVal is a known function with the values of its free variables.
type FuncVal struct {
	Fn    *ssa.Function
	Binds []Value
}

// Shape describes what of v distinguishes a context: the function, nil, or
// the constant that it is; "" if nothing.
func (v Value) Shape() string {
	switch {
	case v.Fn != nil:
		var b strings.Builder
		b.WriteString(FuncKey(v.Fn.Fn))
		for i, x := range v.Fn.Binds {
			if s := x.Shape(); s != "" {
				b.WriteString("(" + strconv.Itoa(i) + "=" + s + ")")
			}
		}
		return b.String()
	case v.Nil:
		return "nil"
	case v.Const != nil:
		return v.Const.ExactString()
	}
	return ""
}

// and is what is true of both values. A nil interface has no dynamic type to
// speak against that of the other: nothing is called on it.
func (v Value) and(w Value) Value {
	v.OrNil = v.OrNil || w.OrNil || v.Nil || w.Nil
	switch {
	case v.Nil:
		v.Fields = w.Fields
	case !w.Nil && v.Path != w.Path:
		v.Fields = nil // another object
	}
	switch {
	case v.Dyn == nil && v.Nil:
		v.Dyn = w.Dyn
	case w.Dyn == nil && w.Nil:
	case v.Dyn == nil || w.Dyn == nil || !types.Identical(v.Dyn, w.Dyn):
		v.Dyn = nil
	}
	if v.Shape() != w.Shape() {
		v.Fn, v.Const, v.Nil = nil, nil, false
	}
	if v.Path != w.Path {
		v.Path = nil
		if v.Fn != nil && len(v.Fn.Binds) > 0 {
			v.Fn = nil // one function, but of different objects
		}
	}
	return v
}

// FuncKey names a function uniquely, and the same in every run.
func FuncKey(f *ssa.Function) string {
	if f.Pkg == nil && f.Synthetic != "" {
		return f.String() + "#" + f.Synthetic
	}
	return f.String()
}

// Strip removes the paths of v, which mean nothing in the callee, and keeps
// its shape.
func (v Value) Strip() Value { return v.strip(0) }

// strip removes the paths of v, which mean nothing in the callee, and keeps
// its shape.
func (v Value) strip(depth int) Value {
	w := Value{Const: v.Const, Nil: v.Nil, New: v.New}
	if v.Fn != nil && depth < maxShape {
		w.Fn = &FuncVal{Fn: v.Fn.Fn, Binds: make([]Value, len(v.Fn.Binds))}
		for i, b := range v.Fn.Binds {
			w.Fn.Binds[i] = b.strip(depth + 1)
		}
	}
	return w
}

// maxShape bounds the closures within closures that a context tells apart.
const maxShape = 3

// At gives a stripped value the paths it has in the callee, below base.
func (v Value) At(paths *lock.Paths, base *lock.Path) Value {
	w := Value{Path: base, Const: v.Const, Nil: v.Nil}
	if v.Fn != nil {
		w.Fn = &FuncVal{Fn: v.Fn.Fn, Binds: make([]Value, len(v.Fn.Binds))}
		for i, b := range v.Fn.Binds {
			if p := paths.Bind(base, i, ""); p != nil {
				w.Fn.Binds[i] = b.At(paths, p)
			}
		}
	}
	return w
}

// Env gives the values of a callee's roots in the caller.
type Env struct {
	Args    []Value
	Binds   []Value
	Results []Value
}

// Subst rewrites a path of the callee into a value of the caller.
func (e *Env) Subst(paths *lock.Paths, p *lock.Path) Value {
	var roots []Value
	switch p.Kind {
	case lock.Param:
		roots = e.Args
	case lock.Free:
		roots = e.Binds
	case lock.Result:
		roots = e.Results
	case lock.Global, lock.Opaque:
		return Value{Path: p}
	case lock.Local:
		if foreign(p) {
			return Value{Path: p}
		}
		return Value{}
	case lock.Pseudo:
		if p.Base == nil {
			return Value{Path: p}
		}
	}
	if p.Base == nil {
		if p.Index < len(roots) {
			return roots[p.Index]
		}
		return Value{}
	}
	base := e.Subst(paths, p.Base)
	switch p.Kind {
	case lock.Bind:
		if base.Fn != nil && p.Index < len(base.Fn.Binds) && (p.Name == "" || p.Name == FuncKey(base.Fn.Fn)) {
			return base.Fn.Binds[p.Index]
		}
	case lock.Field:
		if w, ok := base.Fields[p.Obj.(*types.Var)]; ok {
			return w
		}
	}
	if base.Path == nil {
		return Value{}
	}
	switch p.Kind {
	case lock.Field:
		return Value{Path: paths.Field(base.Path, p.Obj.(*types.Var))}
	case lock.Elem:
		if s, ok := p.Key.(string); ok {
			return Value{Path: paths.Elem(base.Path, s)}
		}
		return Value{Path: paths.Elem(base.Path, nil)}
	case lock.Bind:
		return Value{Path: paths.Bind(base.Path, p.Index, p.Name)}
	case lock.View:
		return Value{Path: paths.View(base.Path)}
	case lock.Pseudo:
		return Value{Path: paths.Pseudo(base.Path, p.Name)}
	case lock.Rank:
		return Value{Path: paths.Rank(base.Path, p.Name)}
	}
	return Value{}
}

// Lower rewrites a value of a callee into the caller's terms.
func (e *Env) Lower(paths *lock.Paths, v Value) Value {
	return e.lower(paths, v, 0)
}

func (e *Env) lower(paths *lock.Paths, v Value, depth int) Value {
	w := Value{Const: v.Const, Nil: v.Nil, Dyn: v.Dyn, OrNil: v.OrNil}
	if v.Path != nil {
		s := e.Subst(paths, v.Path)
		w.Path = s.Path
		if s.Fn != nil || s.Nil || s.Const != nil {
			return s
		}
	}
	if v.Fn != nil {
		w.Fn = &FuncVal{Fn: v.Fn.Fn, Binds: make([]Value, len(v.Fn.Binds))}
		for i, b := range v.Fn.Binds {
			w.Fn.Binds[i] = e.lower(paths, b, depth+1)
		}
	}
	if len(v.Fields) > 0 && depth < maxShape {
		w.Fields = make(map[*types.Var]Value, len(v.Fields))
		for f, x := range v.Fields {
			w.Fields[f] = e.lower(paths, x, depth+1)
		}
	}
	return w
}

// eval computes the Value of v, once.
func (a *analysis) eval(v ssa.Value) Value {
	if w, ok := a.values[v]; ok {
		return w
	}
	if a.pending[v] { // a cycle through phis: it is itself
		return Value{Path: a.local(v)}
	}
	if a.pending == nil {
		a.pending = make(map[ssa.Value]bool)
	}
	a.pending[v] = true
	w := a.compute(v)
	delete(a.pending, v)
	if w.Path == nil {
		w.Path = a.local(v)
	}
	a.values[v] = w
	return w
}

func (a *analysis) path(v ssa.Value) *lock.Path { return a.eval(v).Path }

// local is the path of a value known only as itself. Numbers, texts and tests,
// half of all values, have one path in common: no lock is below them.
func (a *analysis) local(v ssa.Value) *lock.Path {
	switch x := v.(type) {
	case *ssa.Const:
		if x.Value != nil {
			v = noObject
		}
	case *ssa.BinOp:
		if isComparison(x.Op) {
			v = noObject
		}
	}
	return a.host.Paths().Local(v)
}

// noObject stands for all values that are no objects.
var noObject = ssa.NewConst(nil, types.Typ[types.UntypedNil])

func (a *analysis) compute(v ssa.Value) Value {
	paths := a.host.Paths()
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil {
			return Value{Nil: true}
		}
		return Value{Const: v.Value}
	case *ssa.Parameter:
		for i, p := range a.fn.Params {
			if p == v {
				return a.slot(i, paths.Param(i))
			}
		}
	case *ssa.FreeVar:
		for i, f := range a.fn.FreeVars {
			if f == v {
				if alloc := captured(a.fn, i); alloc != nil {
					return Value{Path: a.local(alloc)}
				}
				return a.slot(len(a.fn.Params)+i, paths.Free(i))
			}
		}
	case *ssa.Global:
		return Value{Path: paths.Global(v.Object())}
	case *ssa.Function:
		return Value{Fn: &FuncVal{Fn: v}}
	case *ssa.MakeClosure:
		f := &FuncVal{Fn: v.Fn.(*ssa.Function), Binds: make([]Value, len(v.Bindings))}
		for i, b := range v.Bindings {
			f.Binds[i] = a.eval(b)
		}
		return Value{Fn: f}
	case *ssa.Alloc:
		if s := a.onlyStore(v); s != nil && !isChan(v) {
			w := a.eval(s.Val)
			if s.Block() != v.Block() { // zero until then
				w.Const, w.Nil = nil, false
			}
			return w
		}
		return Value{Fields: a.object(v)}
	case *ssa.FieldAddr:
		return a.fieldValue(v.X, v.X.Type(), v.Field)
	case *ssa.Field:
		return a.fieldValue(v.X, v.X.Type(), v.Field)
	case *ssa.IndexAddr:
		return Value{Path: paths.Elem(a.path(v.X), a.elemKey(v.Index))}
	case *ssa.Index:
		return Value{Path: paths.Elem(a.path(v.X), a.elemKey(v.Index))}
	case *ssa.Lookup:
		return Value{Path: paths.Elem(a.path(v.X), a.elemKey(v.Index))}
	case *ssa.Slice:
		return Value{Path: a.path(v.X)}
	case *ssa.UnOp:
		return a.unop(v)
	case *ssa.MakeInterface:
		w := a.eval(v.X)
		w.Dyn = v.X.Type()
		w.Nil = false
		return w
	case *ssa.ChangeType:
		return a.eval(v.X)
	case *ssa.ChangeInterface:
		return a.eval(v.X)
	case *ssa.Convert:
		return a.converted(v.X, v.Type())
	case *ssa.MultiConvert:
		return a.converted(v.X, v.Type())
	case *ssa.TypeAssert:
		w := a.eval(v.X)
		w.Nil, w.Const = false, nil
		if !types.IsInterface(v.AssertedType) {
			w.Dyn = nil
		}
		return w
	case *ssa.Extract:
		return a.extract(v)
	case *ssa.Phi:
		return a.phi(v)
	case *ssa.Call:
		if list := a.appended(v); list != nil {
			return Value{Path: list}
		}
		return a.callResult(v, 0)
	case *ssa.MakeSlice:
		return Value{Path: a.filled(v)}
	case *ssa.BinOp:
		return a.binop(v)
	}
	return Value{}
}

func (a *analysis) slot(i int, p *lock.Path) Value {
	if c, ok := a.ctx[i]; ok {
		return c.At(a.host.Paths(), p)
	}
	return Value{Path: p}
}

// fieldValue is what a field of x holds, or where it is.
func (a *analysis) fieldValue(x ssa.Value, t types.Type, i int) Value {
	if fields := a.eval(x).Fields; len(fields) > 0 {
		if s := structOf(t); s != nil {
			if w, ok := fields[s.Field(i).Origin()]; ok {
				return w
			}
		}
	}
	return Value{Path: a.field(x, t, i)}
}

func structOf(t types.Type) *types.Struct {
	if p, ok := types.Unalias(t).Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

func (a *analysis) field(x ssa.Value, t types.Type, i int) *lock.Path {
	base := a.path(x)
	if p, ok := types.Unalias(t).Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	return a.selectField(base, t, s.Field(i))
}

func (a *analysis) selectField(base *lock.Path, t types.Type, f *types.Var) *lock.Path {
	named, _ := types.Unalias(t).(*types.Named)
	a.host.Names().Declare(f, named)
	if call, ok := base.Key.(*ssa.Call); ok && base.Kind == lock.Local {
		if p := a.linkedResult(call, f); p != nil {
			return p
		}
	}
	return a.host.Paths().Field(base, f)
}

// linkedResult follows a model that says of which argument the field of a
// result is: the L of the Cond that NewCond makes.
func (a *analysis) linkedResult(call *ssa.Call, f *types.Var) *lock.Path {
	m := a.modelOf(call.Common())
	if m == nil {
		return nil
	}
	for _, c := range m.Clauses {
		if c.Verb == model.Links && c.Field == f.Name() {
			if args := callArgs(call.Common()); c.Expr.Index < len(args) {
				return a.path(args[c.Expr.Index])
			}
		}
	}
	return nil
}

func (a *analysis) elemKey(i ssa.Value) any {
	if c, ok := i.(*ssa.Const); ok && c.Value != nil {
		return c.Value.ExactString()
	}
	w := a.eval(i)
	if w.Const != nil {
		return w.Const.ExactString()
	}
	return i
}

// onlyStore returns the one store into the cell of a captured or
// address-taken variable. A struct variable is an object of its own, unless
// what is stored is a call's result, which has no other home, or a parameter
// that can share locks with the caller's copy through its pointers only.
func (a *analysis) onlyStore(v *ssa.Alloc) *ssa.Store {
	if s, ok := a.stores[v]; ok {
		return s
	}
	a.stores[v] = nil
	var only *ssa.Store
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr != v {
				continue
			}
			if only != nil && only.Val != r.Val {
				return nil
			}
			only = r
		case *ssa.MakeClosure:
			// a closure that assigns to its free variable
			for i, b := range r.Bindings {
				if b == v && assigns(r.Fn.(*ssa.Function), i, 0) {
					return nil
				}
			}
		}
	}
	if only == nil {
		return nil
	}
	elem := v.Type().Underlying().(*types.Pointer).Elem().Underlying()
	switch elem.(type) {
	case *types.Struct, *types.Array:
		switch only.Val.(type) {
		case *ssa.Call, *ssa.Extract:
		case *ssa.Parameter:
			if copies(elem) || redirected(v) {
				return nil
			}
		default:
			return nil
		}
	}
	a.stores[v] = only
	return only
}

// assigns reports whether fn or a closure in it stores to its i'th free variable.
func assigns(fn *ssa.Function, i, depth int) bool {
	if i >= len(fn.FreeVars) || depth > 4 {
		return true
	}
	refs := fn.FreeVars[i].Referrers()
	if refs == nil {
		return false
	}
	for _, r := range *refs {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr == fn.FreeVars[i] {
				return true
			}
		case *ssa.MakeClosure:
			for j, b := range r.Bindings {
				if b == fn.FreeVars[i] && assigns(r.Fn.(*ssa.Function), j, depth+1) {
					return true
				}
			}
		}
	}
	return false
}

func (a *analysis) unop(v *ssa.UnOp) Value {
	x := a.eval(v.X)
	switch v.Op {
	case token.MUL:
		if g, ok := v.X.(*ssa.Global); ok && a.host.Unset(g) {
			return zero(v.Type(), x.Path)
		}
		if isCell(v.X) {
			return x
		}
		return Value{Path: x.Path, Fn: x.Fn, Dyn: x.Dyn, Fields: x.Fields}
	case token.ARROW:
		return Value{}
	case token.NOT:
		if x.Const != nil && x.Const.Kind() == constant.Bool {
			return Value{Const: constant.UnaryOp(v.Op, x.Const, 0)}
		}
	case token.SUB:
		if x.Const != nil && x.Const.Kind() == constant.Int {
			return Value{Const: within(constant.UnaryOp(v.Op, x.Const, 0), v.Type())}
		}
	}
	return Value{}
}

// converted is the value of a conversion: a constant stays one if it has the
// same value in its new type.
func (a *analysis) converted(x ssa.Value, t types.Type) Value {
	w := a.eval(x)
	w.Const = within(w.Const, t)
	return w
}

// within returns a constant if it is a value of the type as it stands, and
// nil if an operation of that type would have made another one of it.
func within(c constant.Value, t types.Type) constant.Value {
	b, ok := t.Underlying().(*types.Basic)
	if c == nil || !ok {
		return nil
	}
	is := b.Info()
	switch c.Kind() {
	case constant.Bool:
		ok = is&types.IsBoolean != 0
	case constant.String:
		ok = is&types.IsString != 0
	case constant.Int:
		bits := min(intSizes.Sizeof(b)*8, 64)
		if is&types.IsUnsigned != 0 {
			ok = constant.Sign(c) >= 0 && constant.BitLen(c) <= int(bits)
		} else {
			ok = is&types.IsInteger != 0 && constant.BitLen(c) < int(bits)
		}
	case constant.Float:
		ok = is&types.IsFloat != 0
	default:
		ok = false
	}
	if !ok {
		return nil
	}
	return c
}

// intSizes are those of the machines with the larger words: what does not fit
// there fits nowhere.
var intSizes = types.SizesFor("gc", "amd64")

// isCell reports whether a load through x yields the variable's value.
func isCell(x ssa.Value) bool {
	switch x.(type) {
	case *ssa.Alloc, *ssa.FreeVar:
		return true
	}
	return false
}

// copies reports whether a copy of a value of type t has locks of its own.
func copies(t types.Type) bool {
	if n, ok := types.Unalias(t).(*types.Named); ok {
		if pkg := n.Obj().Pkg(); pkg != nil && (pkg.Path() == "sync" || pkg.Path() == "sync/atomic") {
			return true
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			if copies(f.Type()) {
				return true
			}
		}
	case *types.Array:
		return copies(u.Elem())
	}
	return false
}

// redirected reports whether a field of a struct variable that may lead to a
// lock is assigned to.
func redirected(v *ssa.Alloc) bool {
	for _, r := range *v.Referrers() {
		if f, ok := r.(*ssa.FieldAddr); ok {
			for _, use := range *f.Referrers() {
				if s, ok := use.(*ssa.Store); ok && s.Addr == f {
					if _, basic := s.Val.Type().Underlying().(*types.Basic); !basic {
						return true
					}
				}
			}
		}
	}
	return false
}

func zero(t types.Type, p *lock.Path) Value {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return Value{Path: p, Const: constant.MakeBool(false)}
		case u.Info()&types.IsInteger != 0:
			return Value{Path: p, Const: constant.MakeInt64(0)}
		case u.Kind() == types.UnsafePointer:
			return Value{Path: p, Nil: true}
		}
	case *types.Pointer, *types.Signature, *types.Interface, *types.Map, *types.Slice, *types.Chan:
		return Value{Path: p, Nil: true}
	}
	return Value{Path: p}
}

func (a *analysis) binop(v *ssa.BinOp) Value {
	x, y := a.eval(v.X), a.eval(v.Y)
	switch v.Op {
	case token.EQL, token.NEQ:
		if eq, known := equal(x, y); known {
			return Value{Const: constant.MakeBool(eq == (v.Op == token.EQL))}
		}
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		if x.Const != nil && y.Const != nil && x.Const.Kind() == y.Const.Kind() && x.Const.Kind() != constant.Bool {
			return Value{Const: constant.MakeBool(constant.Compare(x.Const, v.Op, y.Const))}
		}
	case token.AND:
		if x.Const != nil && y.Const != nil && x.Const.Kind() == constant.Int && y.Const.Kind() == constant.Int {
			return Value{Const: constant.BinaryOp(x.Const, v.Op, y.Const)}
		}
	}
	return Value{}
}

func equal(x, y Value) (eq, known bool) {
	switch {
	case x.Const != nil && y.Const != nil && x.Const.Kind() == y.Const.Kind():
		return constant.Compare(x.Const, token.EQL, y.Const), true
	case x.Nil && y.Nil:
		return true, true
	case x.Nil && (y.Fn != nil || y.Dyn != nil && !y.OrNil), y.Nil && (x.Fn != nil || x.Dyn != nil && !x.OrNil):
		return false, true
	}
	return false, false
}

// phi is what all its edges are. An edge that is nil, or an object made on the
// spot, is what "get it, or make it" has beside the lookup: the object goes
// where the lookup looked, and has its path.
func (a *analysis) phi(v *ssa.Phi) Value {
	var all Value
	known := false
	for _, e := range v.Edges {
		w := a.eval(e)
		if w.Nil && len(v.Edges) > 1 && isPointer(v.Type()) {
			continue
		}
		if alloc, ok := e.(*ssa.Alloc); ok && alloc.Heap && a.kept(alloc) {
			continue
		}
		if known {
			w = all.and(w)
		}
		all, known = w, true
	}
	return all
}

// kept reports whether an object is put into a map, a slice or a field.
func (a *analysis) kept(alloc *ssa.Alloc) bool {
	for _, r := range *alloc.Referrers() {
		switch r := r.(type) {
		case *ssa.MapUpdate:
			return r.Value == ssa.Value(alloc)
		case *ssa.Store:
			if r.Val == ssa.Value(alloc) {
				switch r.Addr.(type) {
				case *ssa.FieldAddr, *ssa.IndexAddr:
					return true
				}
			}
		}
	}
	return false
}

func (a *analysis) extract(v *ssa.Extract) Value {
	switch t := v.Tuple.(type) {
	case *ssa.Call:
		return a.callResult(t, v.Index)
	case *ssa.TypeAssert:
		if v.Index == 0 {
			return a.eval(t)
		}
	case *ssa.Lookup:
		if v.Index == 0 {
			return a.eval(t)
		}
	case *ssa.Next:
		if r, ok := t.Iter.(*ssa.Range); ok && v.Index > 0 {
			return Value{Path: a.host.Paths().Elem(a.path(r.X), v)}
		}
	}
	return Value{}
}

// callResult asks the callees what they return.
func (a *analysis) callResult(call *ssa.Call, i int) Value {
	if m := a.modelOf(call.Common()); m != nil {
		for _, c := range m.Clauses {
			if c.Verb != model.Returns {
				continue
			}
			p := a.expr(c.Expr, call.Common(), call)
			if p == nil {
				return Value{}
			}
			if c.Mode == lock.Shared {
				p = a.host.Paths().View(p)
			}
			return Value{Path: p}
		}
		return Value{}
	}
	callees := a.callees(call)
	if len(callees) == 0 || len(callees) > 4 {
		return Value{}
	}
	var all Value
	for n, c := range callees {
		eff := a.host.Effect(c.Node)
		w, ok := eff.result(i)
		if !ok {
			return Value{}
		}
		w = c.Env.Lower(a.host.Paths(), w)
		if n > 0 {
			w = all.and(w)
		}
		all = w
	}
	return all
}
