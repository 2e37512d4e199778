package lock

import (
	"go/token"
	"go/types"
	"strings"
)

// Names gives lock classes their canonical names.
type Names struct {
	// Unit, if not nil, is the package that is analysed alone. Facts tell of a
	// generic function once, so that for the types of other packages all
	// instantiations are one class.
	Unit *types.Package

	local     func(key any) string
	fields    map[*types.Var]string    // every field declared below a package's types and variables
	scanned   map[*types.Package]bool  //
	wrappers  map[*types.TypeName]bool // memo of isWrapper
	owners    map[*types.Var]*types.TypeName
	allocated map[*types.TypeName]bool // types of which the program makes instances other than variables
	keys      map[*types.Var]string    // as fields, but always named by the declaration
	byKey     map[string]*types.Var
	aliases   map[*types.Var]alias // pointer fields that always hold the same class of lock
	args      map[*types.Named]string
}

// NewNames returns an empty table. local names the class of a Local path.
func NewNames(local func(key any) string) *Names {
	return &Names{
		local:     local,
		fields:    make(map[*types.Var]string),
		keys:      make(map[*types.Var]string),
		byKey:     make(map[string]*types.Var),
		scanned:   make(map[*types.Package]bool),
		wrappers:  make(map[*types.TypeName]bool),
		owners:    make(map[*types.Var]*types.TypeName),
		allocated: make(map[*types.TypeName]bool),
		aliases:   make(map[*types.Var]alias),
		args:      make(map[*types.Named]string),
	}
}

// Allocated records that the program allocates an instance of t, which
// therefore is not the type of one variable only. It must be called before
// the first name is asked for.
func (n *Names) Allocated(t types.Type) {
	if named, ok := types.Unalias(t).(*types.Named); ok {
		n.allocated[named.Origin().Obj()] = true
	}
}

// Alias records that the pointer or interface field f always refers to locks
// of the given class: those in the field to of a struct with the given type
// arguments, or with those of the struct of f where that has some.
func (n *Names) Alias(f *types.Var, class string, to *types.Var, args string) {
	n.aliases[f.Origin()] = alias{class, n.owners[to.Origin()], args}
}

type alias struct {
	class string
	owner *types.TypeName
	args  string
}

// Declare names a field of a type that no package scope declares (a type
// local to a function), unless the field has a name.
func (n *Names) Declare(f *types.Var, owner *types.Named) {
	f = f.Origin()
	n.scan(f.Pkg())
	if _, ok := n.fields[f]; ok || owner == nil {
		return
	}
	obj := owner.Origin().Obj()
	n.owners[f] = obj
	n.fields[f] = qualified(obj) + "." + f.Name()
	n.declare(f, n.fields[f])
}

// Class returns the canonical name of the class of p. It is final when no
// caller can know better: a bare parameter, or the inside of a mutex wrapper
// reached from a parameter, is named anew where the argument is known.
func (n *Names) Class(p *Path) (name string, final bool) {
	suffix := ""
	final = true
	for q := p; ; q = q.Base {
		switch q.Kind {
		case Pseudo, Rank, Opaque:
			return q.Name + suffix, final
		case Global:
			return qualified(q.Obj) + suffix, final
		case Local:
			return n.local(q.Key) + suffix, final
		case Param, Free, Result:
			return q.String() + suffix, false
		case View:
		case Bind:
			return q.String() + suffix, false
		case Elem:
			suffix = "[*]" + suffix
		case Field:
			f := q.Obj.(*types.Var)
			if a, ok := n.aliases[f]; ok && suffix == "" {
				return a.name(q.Name), final
			}
			n.scan(f.Pkg())
			name, ok := n.fields[f]
			if !ok { // a field of an anonymous struct of a local
				suffix = "." + f.Name() + suffix
				continue
			}
			owner := n.owners[f]
			if owner != nil && n.isWrapper(owner) && q.Base != nil {
				if named, ok := n.wrapped(q.Base); ok {
					return named + suffix, final
				}
				return name + suffix, false
			}
			if q.Base != nil && (isGiven(f) || IsLatch(owner, f)) {
				if holder, ok := n.wrapped(q.Base); ok {
					return holder + "." + f.Name() + suffix, final
				}
				return name + suffix, false
			}
			return instantiate(name, owner, n.argsOf(q, owner)) + suffix, final
		}
	}
}

// isGiven reports whether a field refers to a lock that its struct is given, as
// the L of a sync.Cond does, which is for others to set: each who holds such a
// struct has given it his own.
func isGiven(f *types.Var) bool {
	i, ok := f.Type().Underlying().(*types.Interface)
	return ok && f.Exported() && i.NumMethods() == 2 && i.Method(0).Name() == "Lock" && i.Method(1).Name() == "Unlock"
}

// IsLatch reports whether f is the channel of a type, declared as owner, that is
// a channel to be closed, a guard that it be closed once, and nothing else: an
// event, such as grpcsync.Event. It is named by who holds the latch.
func IsLatch(owner *types.TypeName, f *types.Var) bool {
	if owner == nil || !isSignal(f.Type()) {
		return false
	}
	s, ok := owner.Type().Underlying().(*types.Struct)
	if !ok {
		return false
	}
	once := false
	for g := range s.Fields() {
		if g == f {
			continue
		}
		word, guard := counts(g.Type())
		if !word {
			return false
		}
		once = once || guard
	}
	return once && owner.Type().(*types.Named).NumMethods() > 0
}

// isSignal reports whether t is a channel of values without content.
func isSignal(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	if !ok {
		return false
	}
	s, ok := ch.Elem().Underlying().(*types.Struct)
	return ok && s.NumFields() == 0
}

// counts reports whether t is a word or a sync.Once, and whether it may tell
// that something has been done once.
func counts(t types.Type) (word, guard bool) {
	if b, ok := t.Underlying().(*types.Basic); ok {
		return true, b.Kind() == types.Bool || b.Kind() == types.Int32 || b.Kind() == types.Uint32
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return false, false
	}
	guard = n.Obj().Pkg().Path() == "sync/atomic" || n.Obj().Pkg().Path() == "sync" && n.Obj().Name() == "Once"
	return guard, guard
}

// wrapped names a mutex wrapper by the field, variable or local that holds
// it. It fails when that is a parameter, which the caller will name.
func (n *Names) wrapped(p *Path) (string, bool) {
	switch p.Kind {
	case Field, Elem, Global, Local:
		if p.Kind == Elem {
			if p.Base == nil {
				return "", false
			}
		}
		name, final := n.Class(p)
		return name, final
	}
	return "", false
}

func qualified(obj types.Object) string {
	if obj.Pkg() == nil {
		return obj.Name()
	}
	return obj.Pkg().Path() + "." + obj.Name()
}

// scan names every field declared in pkg's scope: in its types first, then in
// the anonymous structs of its variables.
func (n *Names) scan(pkg *types.Package) {
	if pkg == nil || n.scanned[pkg] {
		return
	}
	n.scanned[pkg] = true
	scope := pkg.Scope()
	var decls []*types.TypeName
	for _, name := range scope.Names() {
		if tn, ok := scope.Lookup(name).(*types.TypeName); ok && !tn.IsAlias() {
			decls = append(decls, tn)
		}
	}
	// type B A shares A's field objects; the declaration that stands nearest
	// before the field is the one that wrote it.
	for _, tn := range decls {
		n.scanType(tn, tn.Type().Underlying(), qualified(tn), decls, 0)
	}
	single := n.singletons(pkg, decls)
	for f, tn := range n.owners {
		if v := single[tn]; v != nil && f.Pkg() == pkg {
			n.fields[f] = qualified(v) + strings.TrimPrefix(n.fields[f], qualified(tn))
		}
	}
	for _, name := range scope.Names() {
		if v, ok := scope.Lookup(name).(*types.Var); ok {
			n.scanVar(v, v.Type(), qualified(v), 0)
		}
	}
}

func (n *Names) scanType(tn *types.TypeName, t types.Type, prefix string, decls []*types.TypeName, depth int) {
	s, suffix := structBelow(t)
	if s == nil || depth > 6 {
		return
	}
	for i := range s.NumFields() {
		f := s.Field(i)
		if f.Pkg() != tn.Pkg() {
			continue // type B other.A
		}
		if nearest(decls, f.Pos()) != tn {
			continue
		}
		name := prefix + suffix + "." + f.Name()
		n.fields[f] = name
		n.declare(f, name)
		n.owners[f] = tn
		n.scanType(tn, f.Type(), name, decls, depth+1)
	}
}

// nearest returns the declaration that begins last before pos.
func nearest(decls []*types.TypeName, pos token.Pos) *types.TypeName {
	var best *types.TypeName
	for _, d := range decls {
		if d.Pos() <= pos && (best == nil || d.Pos() > best.Pos()) {
			best = d
		}
	}
	return best
}

func (n *Names) scanVar(v *types.Var, t types.Type, prefix string, depth int) {
	s, suffix := structBelow(t)
	if s == nil || depth > 6 {
		return
	}
	for i := range s.NumFields() {
		f := s.Field(i)
		if _, ok := n.fields[f]; ok {
			continue
		}
		name := prefix + suffix + "." + f.Name()
		n.fields[f] = name
		n.declare(f, name)
		n.scanVar(v, f.Type(), name, depth+1)
	}
}

// structBelow finds an unnamed struct type in t, looking through pointers and
// elements.
func structBelow(t types.Type) (s *types.Struct, suffix string) {
	for {
		switch u := types.Unalias(t).(type) {
		case *types.Struct:
			return u, suffix
		case *types.Pointer:
			t = u.Elem()
		case *types.Slice:
			t, suffix = u.Elem(), suffix+"[*]"
		case *types.Array:
			t, suffix = u.Elem(), suffix+"[*]"
		case *types.Map:
			t, suffix = u.Elem(), suffix+"[*]"
		default:
			return nil, ""
		}
	}
}

// singletons finds the unexported struct types of which the package holds one
// variable and nothing else: sched, of type schedt, in the runtime. Their
// locks are named by the variable, as people do.
func (n *Names) singletons(pkg *types.Package, decls []*types.TypeName) map[*types.TypeName]*types.Var {
	held := make(map[*types.TypeName][]*types.Var)
	inside := make(map[*types.TypeName]bool)
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		switch obj := scope.Lookup(name).(type) {
		case *types.Var:
			if named, ok := types.Unalias(obj.Type()).(*types.Named); ok {
				held[named.Origin().Obj()] = append(held[named.Origin().Obj()], obj)
			} else {
				byValue(obj.Type(), inside)
			}
		}
	}
	for _, tn := range decls {
		byValue(tn.Type().Underlying(), inside)
	}
	single := make(map[*types.TypeName]*types.Var)
	for tn, vars := range held {
		if len(vars) == 1 && tn.Pkg() == pkg && !tn.Exported() && !inside[tn] && !n.allocated[tn] {
			single[tn] = vars[0]
		}
	}
	return single
}

// byValue collects the named types that t contains by value.
func byValue(t types.Type, into map[*types.TypeName]bool) {
	switch u := types.Unalias(t).(type) {
	case *types.Named:
		into[u.Origin().Obj()] = true
	case *types.Struct:
		for i := range u.NumFields() {
			byValue(u.Field(i).Type(), into)
		}
	case *types.Array:
		byValue(u.Elem(), into)
	case *types.Slice:
		byValue(u.Elem(), into)
	case *types.Map:
		byValue(u.Elem(), into)
	case *types.Chan:
		byValue(u.Elem(), into)
	}
}

// isWrapper reports whether the type is a mutex and nothing else: it has Lock
// and Unlock methods, of its own or of the one field that it embeds, and every
// other method is about locking too. What such a type holds is named by who
// holds the wrapper.
func (n *Names) isWrapper(tn *types.TypeName) bool {
	w, ok := n.wrappers[tn]
	if ok {
		return w
	}
	named, _ := types.Unalias(tn.Type()).(*types.Named)
	if named == nil {
		return false
	}
	pairs := 0
	w = true
	for i := range named.NumMethods() {
		name := named.Method(i).Name()
		switch {
		case strings.EqualFold(name, "lock"), strings.EqualFold(name, "unlock"):
			pairs++
		case strings.Contains(strings.ToLower(name), "lock"), strings.Contains(name, "Held"), name == "String":
		default:
			w = false
		}
	}
	w = w && (pairs == 2 || embedsLocker(named))
	n.wrappers[tn] = w
	return w
}

// embedsLocker reports whether the type is a struct that embeds a mutex and
// has nothing else: type Mutex struct{ sync.Mutex }.
func embedsLocker(named *types.Named) bool {
	s, ok := named.Underlying().(*types.Struct)
	if !ok || s.NumFields() != 1 || !s.Field(0).Embedded() {
		return false
	}
	set := types.NewMethodSet(types.NewPointer(named))
	return set.Lookup(nil, "Lock") != nil && set.Lookup(nil, "Unlock") != nil
}

// Latch returns the path of the latch whose channel p is, or nil.
func (n *Names) Latch(p *Path) *Path {
	if p.Kind != Field || p.Base == nil {
		return nil
	}
	f := p.Obj.(*types.Var)
	n.scan(f.Pkg())
	if !IsLatch(n.owners[f], f) {
		return nil
	}
	return p.Base
}
