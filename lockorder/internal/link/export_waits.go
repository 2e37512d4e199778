package link

import (
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder/internal/fact"
	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A told signal is one that importers are told of, with the class of what is
// waited for as its caller knows it.
type told struct {
	class string
	*flow.Signal
}

// chooseWaits finds what importers may come to hang on: they can hold a lock
// where it is waited for, and who ends the wait may come to need that lock,
// since importers call him, or he calls them, or takes a lock that they can
// hold. What somebody outside may end who is not in view is not told of.
func (e *encoder) chooseWaits() {
	l := e.l
	l.indexWaits()
	e.waits, e.awaited = make(map[any]bool), make(map[string]*lock.Path)
	e.signs = make([][]told, len(e.p.order))
	content := e.contents()
	below := e.belowCallable()
	needs := make(map[*flow.Node]bool)
	for _, n := range e.p.order {
		for i := range n.Record.Acquires {
			a := &n.Record.Acquires[i]
			if !a.Mode.Signals() || !below[n.ID] && !e.under[n.ID] && len(a.Held) == 0 {
				continue
			}
			if set, ok := e.waitSet(a.Path); ok && !e.waits[set] {
				e.waits[set] = e.mayHang(set, a.Mode, func(n *flow.Node) bool { return e.mayNeed(n, content, needs) })
			}
		}
	}
	e.chooseQuits()
	e.climbs()
	for class, set := range l.sets {
		if e.waits[set] {
			e.matter[lock.Generic(class)] = true
		}
	}
	for _, set := range l.provided {
		if !e.waits[set] {
			continue
		}
		for _, p := range l.providers[set] {
			e.sign(&p)
		}
	}
	for _, ss := range e.signs {
		slices.SortStableFunc(ss, func(a, b told) int { return strings.Compare(a.class, b.class) })
	}
}

// maxAbove bounds the functions above those who end a wait that is told of. For
// a wait to hang all of them must need the lock, before they call: of more,
// nobody would believe it, and importers would tell of them again and again.
const maxAbove = 64

// climbs marks the nodes in which somebody looks for what comes before a signal
// that is told of: who gives it, and all who call him, up to where a goroutine
// begins. A wait with too many of them is not told of.
func (e *encoder) climbs() {
	e.signals = make([]bool, len(e.p.order))
	for set := range e.waits {
		if !e.waits[set] {
			continue
		}
		above := e.above(set)
		if len(above) > maxAbove {
			e.waits[set] = false
			continue
		}
		for _, n := range above {
			e.signals[n] = true
		}
	}
}

// above lists the nodes that give the signals for a set, and those that call
// them, but for who calls a node with which a goroutine begins; if there are
// too many, some.
func (e *encoder) above(set any) []int {
	var out []int
	seen := make(map[int]bool)
	add := func(n int) {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	for _, p := range e.l.providers[set] {
		add(p.node.ID)
		for _, u := range p.ups {
			add(u.node.ID)
		}
	}
	for i := 0; i < len(out) && len(out) <= maxAbove; i++ {
		if e.l.spawned[out[i]] {
			continue
		}
		for _, c := range e.l.callers[out[i]] {
			add(c.node)
		}
	}
	return out
}

// chooseQuits adds the channels that are merely closed, to stop who waits for
// what is told of in another case of his select.
func (e *encoder) chooseQuits() {
	quits := make(map[any]bool)
	for _, cases := range e.l.selects {
		if slices.ContainsFunc(cases, func(c choice) bool { return e.waits[e.l.setOf(c.class)] }) {
			for _, c := range cases {
				if set := e.l.setOf(c.class); !e.p.scan.chans.escaped[set] && e.l.closes(c) {
					quits[set] = true
				}
			}
		}
	}
	maps.Copy(e.waits, quits)
}

// sign notes a signal to tell of.
func (e *encoder) sign(p *provider) {
	s := told{e.awaits(p.path), p.signal}
	at := &e.signs[p.node.ID]
	if !slices.Contains(*at, s) {
		*at = append(*at, s)
	}
}

// awaits notes the path of something that is waited for, and returns its class.
func (e *encoder) awaits(p *lock.Path) string {
	class := e.classOf(p)
	if e.awaited[class] == nil {
		e.awaited[class] = p
	}
	return class
}

// waitSet returns the set of what is waited for, if importers can be told of
// it: all who end the wait are in view.
func (e *encoder) waitSet(p *lock.Path) (any, bool) {
	if _, final := e.l.c.class(p); !final {
		return nil, false
	}
	set := e.l.nameSet(p)
	_, untold := set.(string)
	return set, !untold && !e.p.scan.chans.escaped[set]
}

// tellsWait reports whether importers are told of a wait: of a select only with
// all of its cases.
func (e *encoder) tellsWait(a *flow.Acquire) bool {
	set, ok := e.waitSet(a.Path)
	if !ok || !e.waits[set] {
		return false
	}
	return !slices.ContainsFunc(e.l.selects[a.Site.Instr], func(c choice) bool { return !e.waits[e.l.setOf(c.class)] })
}

// mayHang reports whether, for all that is known of who ends a wait in the
// mode, he may come to need a lock that an importer holds.
func (e *encoder) mayHang(set any, mode lock.Mode, mayNeed func(*flow.Node) bool) bool {
	found := false
	for _, p := range e.l.providers[set] {
		if !p.signal.Mode.Ends(mode) {
			continue
		}
		n := p.node
		if p.signal.End != nil {
			n = p.signal.End
		}
		if mayNeed(n) {
			found = true
		} else if mode != lock.Join {
			return false
		}
	}
	return found
}

// mayNeed reports whether a node, or who calls it, may come to need a lock that
// an importer holds. known has the answers that have been given.
func (e *encoder) mayNeed(n *flow.Node, content []bool, known map[*flow.Node]bool) bool {
	out, ok := known[n]
	if ok {
		return out
	}
	known[n] = false // recursion
	out = e.calls(n) || content[n.ID] || slices.ContainsFunc(e.l.callers[n.ID], func(c caller) bool {
		return e.mayNeed(e.p.order[c.node], content, known)
	})
	known[n] = out
	return out
}

// calls reports whether importers call a node by its name, which is exported.
func (e *encoder) calls(n *flow.Node) bool {
	return e.callable[n.ID] && (e.p.isFar(n) || token.IsExported(n.Fn.Name()))
}

// belowCallable marks the nodes that a call by an importer reaches.
func (e *encoder) belowCallable() []bool {
	below := make([]bool, len(e.p.order))
	var work []*flow.Node
	for _, n := range e.p.order {
		if e.calls(n) {
			below[n.ID] = true
			work = append(work, n)
		}
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		for i := range n.Record.Calls {
			for _, k := range n.Record.Calls[i].Callees {
				if !below[k.Node.ID] {
					below[k.Node.ID] = true
					work = append(work, k.Node)
				}
			}
		}
	}
	return below
}

// writeWaits tells of what the told waits and signals are for.
func (e *encoder) writeWaits() {
	sets := make(map[any]int)
	for _, class := range slices.Sorted(maps.Keys(e.awaited)) {
		p := e.awaited[class]
		set := e.l.nameSet(p)
		if sets[set] == 0 {
			sets[set] = len(sets) + 1
		}
		room := e.p.scan.chans.room[set]
		w := fact.Wait{Class: e.text(class), Set: sets[set], Buffered: room.buffered, Sized: room.sized, Token: room.token}
		var place any
		switch p.Kind {
		case lock.Field, lock.Global:
			place = p.Obj
		case lock.Opaque:
			place = e.p.far.waits[p.Name]
		}
		if v, ok := place.(*types.Var); ok {
			switch {
			case !v.IsField() && v.Pkg() != nil:
				w.Pkg, w.Name = e.text(v.Pkg().Path()), e.text(v.Name())
			case v.IsField() && e.p.names.FieldName(v).Key != "":
				w.Field = e.field(v)
			}
		}
		e.out.Waits = append(e.out.Waits, w)
	}
}
