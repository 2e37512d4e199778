package lockorder

import (
	"fmt"
	"sort"

	"github.com/lockorder/lockorder/lockorder/internal/link"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// relocks tells of every lock taken again by its holder: one finding for a
// lock, the function that holds it and the one that takes it again, but for
// those of one cause.
func (b *builder) relocks() []Finding {
	type key struct{ class, holder, taker string }
	best := make(map[key]*link.Witness)
	var keys []key
	for _, w := range b.linked.Relocks {
		if !b.ours(w) {
			continue
		}
		steps := b.linked.Chain(w)
		k := key{w.Class, funcName(w.Node.Fn), funcName(steps[len(steps)-1].Fn)}
		old, ok := best[k]
		if !ok {
			keys = append(keys, k)
		}
		if !ok || len(steps) < len(b.linked.Chain(old)) {
			best[k] = w
		}
	}
	sort.Slice(keys, func(i, j int) bool {
		a, b := keys[i], keys[j]
		if a.class != b.class {
			return a.class < b.class
		}
		if a.holder != b.holder {
			return a.holder < b.holder
		}
		return a.taker < b.taker
	})
	var out []retaking
	for _, k := range keys {
		if f, ok := b.relock(best[k]); ok {
			out = append(out, retaking{f, k.class, b.linked.Chain(best[k])})
		}
	}
	return b.oneCause(out)
}

// relockMessage says in which modes a lock is held and taken.
func relockMessage(class string, e *Edge) string {
	does, held := "locked", ""
	switch e.AcquiredMode {
	case "rlock":
		does = "read-locked"
	case "wait":
		does = "waited for"
	}
	switch {
	case e.HeldMode == "rlock":
		held = " for reading"
	case e.AcquiredMode == "lock":
		does += " again"
	}
	return fmt.Sprintf("%s is %s by the goroutine that holds it%s", class, does, held)
}

func (b *builder) relock(w *link.Witness) (Finding, bool) {
	f := Finding{Kind: Relock, Locks: []string{b.linked.Name(w)}}
	as := b.assumes(w)
	if w.Path != nil && lock.Covers(w.Held.Path, w.Path) {
		as = append(as, assumption{Medium, "one of the two is the lock of every element, and the other's element must be among them by then"})
	}
	if b.linked.Among(w) {
		as = append(as, assumption{Medium, "the lock of each object is taken that the holder's owner keeps, and the holder must be among them"})
	}
	f.settle("the instance is the same, and every call on the way is known", as)
	edge := b.edge(w)
	f.Message = relockMessage(edge.Acquired, &edge)
	if !w.Held.Mode.Conflicts(w.Mode) {
		c := b.linked.Classes[w.Class]
		if c == nil || !c.Modes[0] {
			return f, false // readers do not exclude each other
		}
		f.Kind = RLock
		f.Message = fmt.Sprintf("%s is read-locked again by the goroutine that holds it; a writer that waits in between keeps both", edge.Acquired)
		writer, alone := b.linked.Writer(w)
		if alone {
			return f, false // and no goroutine is there to wait in between
		}
		if writer != nil {
			f.Reason += "; a writer: " + funcName(writer.Fn)
		}
	}
	f.Edges = []Edge{edge}
	f.Pos = edge.Path[0].Pos
	f.ID = id(&f)
	return f, true
}
