package lockorder

import (
	"fmt"
	"strings"

	"github.com/lockorder/lockorder/lockorder/internal/link"
)

// peers tells of two instances of one class taken in no order: one finding
// for a lock and a function.
func (b *builder) peers() []Finding {
	type key struct{ class, holder string }
	seen := make(map[key]bool)
	var out []Finding
	for _, w := range b.linked.Peers() {
		k := key{w.Class, funcName(w.Node.Fn)}
		if seen[k] || !b.ours(w) {
			continue
		}
		seen[k] = true
		out = append(out, b.peer(w))
	}
	for _, t := range b.linked.Turns() {
		if b.ours(t.Down) || b.ours(t.Up) {
			out = append(out, b.turn(&t))
		}
	}
	return out
}

// turn tells of two instances taken from one to the other and back.
func (b *builder) turn(t *link.Turn) Finding {
	down, up := b.edge(t.Down), b.edge(t.Up)
	f := Finding{
		Kind: Peers, Locks: []string{down.Acquired}, Edges: []Edge{down, up}, Confidence: Medium,
		Message: fmt.Sprintf("two instances of %s are taken in opposite orders: through %s, and back through %s", down.Acquired, t.Through.Name(), t.BackBy.Name()),
		Reason:  "the two goroutines must come upon the same two instances",
	}
	if b.doubts(t.Down, t.Up) > 0 {
		f.Confidence = Low
	}
	f.Pos = down.Path[0].Pos
	f.ID = id(&f)
	return f
}

func (b *builder) peer(w *link.Witness) Finding {
	edge := b.edge(w)
	f := Finding{
		Kind: Peers, Locks: []string{edge.Acquired}, Edges: []Edge{edge},
		Message: fmt.Sprintf("two instances of %s are held at once, and nothing puts them in an order", edge.Acquired),
	}
	as := []assumption{{Medium, "another goroutine must take the same two instances the other way round"}}
	if b.doubts(w) > 0 {
		as = append(as, assumption{Low, b.doubtful([]*link.Witness{w})})
	}
	if b.inTest(w.Node.Fn) && !b.testsOwn(w.Class) {
		as = append(as, assumption{Low, fmt.Sprintf("only %s takes two, itself", shortFunc(funcName(w.Node.Fn)))})
	}
	f.settle("", as)
	f.Pos = edge.Path[0].Pos
	f.ID = id(&f)
	return f
}

// leaks tells of locks that are kept on some way of returning.
func (b *builder) leaks() []Finding {
	var out []Finding
	for _, k := range b.linked.Leaks() {
		if !b.initial[b.program.PackagePath(k.Node.Fn)] {
			continue
		}
		class := b.linked.NameIn(k.Node.Fn, k.Held.Path)
		fn := funcName(k.Node.Fn)
		at := b.pos(k.Held.Site.Instr, k.Node.Fn)
		ret := b.pos(k.Return, k.Node.Fn)
		f := Finding{
			Kind: Leak, Locks: []string{class}, Confidence: Medium, Pos: ret,
			Message: fmt.Sprintf("%s is still held on this return; other returns release it", class),
			Reason:  "no caller in view releases it",
			Edges: []Edge{{
				Held: class, HeldMode: k.Held.Mode.String(), AcquiredMode: "lock", Function: fn, HeldAt: at,
				HeldPath: []Frame{}, AcquiredAt: ret, Gates: []string{},
				Path: []Frame{{Func: fn, Pos: ret, Via: "call"}},
			}},
		}
		f.ID = id(&f)
		out = append(out, f)
	}
	return out
}

// waits tells of waits under a lock that cannot end: one finding for a lock
// and what is waited for.
func (b *builder) waits() []Finding {
	var out []Finding
	for _, h := range b.linked.Hangs() {
		if b.tellsOf(&h) {
			out = append(out, b.wait(&h))
		}
	}
	return out
}

// farWait is how many calls a wait and the need for its lock may be apart. The
// objects of both are told by class alone, which says less the longer the way.
const farWait = 8

func (b *builder) wait(h *link.Hang) Finding {
	wait := b.edge(h.Wait)
	f := Finding{
		Kind: Wait, Edges: []Edge{wait},
		Locks: append([]string{wait.Held, wait.Acquired}, h.Also...),
	}
	for _, w := range h.Need {
		need := b.edge(w)
		if w.Held.Mode.Signals() {
			need.HeldMode = "wait"
		}
		f.Edges = append(f.Edges, need)
	}
	last := f.Edges[len(f.Edges)-1]
	what := strings.Join(f.Locks[1:], " or ")
	other := h.Through()
	if other != "" {
		f.Locks = append(f.Locks, other)
	}
	switch {
	case h.Lost:
		f.Message = fmt.Sprintf("%s is held while waiting for %s, untested: a signal given before is lost, and %s needs the lock", wait.Held, what, last.Function)
	case other != "":
		f.Message = fmt.Sprintf("%s is held while waiting for %s, and %s needs %s before it can end the wait, which %s holds when it needs %s", wait.Held, what, f.Edges[1].Function, other, last.Function, wait.Held)
	case len(h.Need) > 1:
		f.Message = fmt.Sprintf("%s is held while waiting for %s, and who would end the wait waits for %s, which needs it first", wait.Held, what, last.Function)
	case h.Need[0].Gone:
		f.Message = fmt.Sprintf("%s is held while sending to %s, and who receives, outside of what was analysed, needs it in %s to be sent to no more", wait.Held, what, last.Function)
	case h.Need[0].Left:
		f.Message = fmt.Sprintf("%s is held while waiting for %s, and %s, who serves it, leaves off and needs the lock", wait.Held, what, last.Function)
	default:
		f.Message = fmt.Sprintf("%s is held while waiting for %s, and %s needs it before it can end the wait", wait.Held, what, last.Function)
	}
	calls := 0
	for _, e := range f.Edges {
		calls += len(e.Path)
	}
	as := []assumption{{Medium, "the lock and what is waited for must belong to the same objects in both goroutines"}}
	if calls > farWait {
		as = []assumption{{Low, "the lock and what is waited for are many calls apart, and nothing tells that they belong to the same objects"}}
	}
	if h.Gone != nil {
		as = append(as, assumption{Medium, "who receives, outside of what was analysed, receives no more when he calls " + b.edge(h.Gone).Function})
	}
	if len(h.Quits) > 0 {
		as = append(as, assumption{Medium, "nobody closes " + strings.Join(h.Quits, " or ") + " meanwhile"})
	}
	if other != "" {
		as = append(as, assumption{Medium, "3 goroutines must meet"})
	}
	if h.Cancelled {
		as = append(as, assumption{Medium, "nobody cancels the context meanwhile"})
	}
	f.settle("", append(as, b.assumes(append([]*link.Witness{h.Wait}, h.Need...)...)...))
	f.Pos = wait.Path[0].Pos
	f.ID = id(&f)
	return f
}
