package link

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A closed container is one in a field that nobody has but through the field, or
// as an argument: all that is put into it is known.
type closed struct {
	put  []putting
	more []ssa.Value // containers whose elements are put into it
}

type putting struct {
	v  ssa.Value
	at ssa.Instruction
}

// closed returns what is put into the containers in a field, or nil if others
// may have these.
func (p *Program) closed(at fieldOf) *closed {
	c, asked := p.closeds[at]
	if !asked {
		w := &closing{p: p, fieldOf: at, c: &closed{}, seen: make(map[ssa.Value]bool)}
		if isContainer(at.f.Type()) && !p.scan.index.taken[at.f] && !p.openHook(at.f) && w.field() {
			c = w.c
			c.put = slices.DeleteFunc(c.put, w.moves)
		}
		p.closeds[at] = c
	}
	return c
}

// A closing follows the containers in a field to all who have them.
type closing struct {
	p *Program
	fieldOf
	c    *closed
	seen map[ssa.Value]bool
}

// maxClosing bounds the values that are one container.
const maxClosing = 300

func (w *closing) field() bool {
	for _, addr := range w.p.scan.index.containers[w.f] {
		if !w.of(w.p, addr) {
			continue
		}
		for _, r := range *addr.Referrers() {
			if load, ok := r.(*ssa.UnOp); ok && !w.has(load) {
				return false
			}
		}
	}
	for _, st := range w.p.scan.putsIn(w.f) {
		if !w.of(w.p, st.Addr.(*ssa.FieldAddr)) {
			continue
		}
		switch v := st.Val.(type) {
		case *ssa.Const:
		case *ssa.MakeMap, *ssa.MakeSlice:
			if !w.has(v) {
				return false
			}
		case *ssa.Slice: // of an array that is made for it
			if w.seen[v] {
				continue
			}
			array, ok := v.X.(*ssa.Alloc)
			if !ok || !w.has(v) {
				return false
			}
			w.c.more = append(w.c.more, array)
		default:
			if !w.seen[v] {
				return false
			}
		}
	}
	return true
}

// has follows a value that is one of the containers, and reports whether it does
// not get away.
func (w *closing) has(v ssa.Value) bool {
	if w.seen[v] {
		return true
	}
	w.seen[v] = true
	if len(w.seen) > maxClosing || v.Referrers() == nil {
		return false
	}
	for _, r := range *v.Referrers() {
		ok := false
		switch r := r.(type) {
		case *ssa.Lookup, *ssa.Range, *ssa.Index, *ssa.BinOp, *ssa.DebugRef:
			ok = true
		case *ssa.IndexAddr:
			ok = w.element(r)
		case *ssa.MapUpdate:
			ok = r.Map == v && r.Value != v
			w.c.put = append(w.c.put, putting{r.Value, r})
		case *ssa.Phi:
			ok = w.has(r)
		case *ssa.Slice:
			ok = w.has(r)
		case *ssa.ChangeType:
			ok = w.has(r)
		case *ssa.Store:
			addr, field := r.Addr.(*ssa.FieldAddr)
			ok = field && w.of(w.p, addr)
		case *ssa.Call:
			ok = w.passed(r, v)
		}
		if !ok {
			return false
		}
	}
	return true
}

// moves reports whether what is put into a container is from there, as when it is
// sorted.
func (w *closing) moves(x putting) bool {
	load, ok := x.v.(*ssa.UnOp)
	if !ok {
		return false
	}
	addr, ok := load.X.(*ssa.IndexAddr)
	return ok && w.seen[addr.X]
}

// element takes in what is stored into an element.
func (w *closing) element(addr *ssa.IndexAddr) bool {
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.UnOp, *ssa.FieldAddr, *ssa.DebugRef:
		case *ssa.Store:
			if r.Addr != ssa.Value(addr) {
				return false
			}
			w.c.put = append(w.c.put, putting{r.Val, r})
		default:
			return false
		}
	}
	return true
}

// passed follows the container into a call.
func (w *closing) passed(call *ssa.Call, v ssa.Value) bool {
	args := call.Call.Args
	if f, ok := call.Call.Value.(*ssa.Builtin); ok {
		switch f.Name() {
		case "append":
			if args[0] != v {
				return true // its elements are copied
			}
			w.c.more = append(w.c.more, args[1:]...)
			return w.has(call)
		case "copy":
			if args[0] == v {
				w.c.more = append(w.c.more, args[1])
			}
			return true
		}
		return f.Name() != "ssa:wrapnilchk"
	}
	targets, all := w.p.calleesOf(call)
	for _, f := range targets {
		if w.parametric(call, f, v) {
			continue
		}
		if len(f.Blocks) == 0 || call.Call.IsInvoke() || len(f.Params) != len(args) {
			return false
		}
		for i, a := range args {
			if a == v && !w.has(f.Params[i]) {
				return false
			}
		}
	}
	return all
}
