package link

import (
	"maps"
	"strings"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// handedOver reports whether h was taken in a callee that returned holding,
// nobody who could have it from there ever releases it, and somebody else does:
// it was taken for them, such as the goroutine that ends what the callee began.
func (l *Linked) handedOver(h *flow.Held) bool {
	if h.Site.Inner == nil {
		return false
	}
	return l.leaked[h.Site.Innermost().Instr] || !h.Site.Released && l.given[l.ClassOf(h.Path)]
}

// Leaks returns the locks that a function keeps on some way of returning and
// that no caller of it releases, with the function's node. Of classes that
// change hands only those that it keeps when it fails: with an error nobody
// hands over a lock.
func (l *Linked) Leaks() []NodeLeak {
	var out []NodeLeak
	seen := make(map[[2]any]bool)
	for _, n := range l.p.order {
		for i := range n.Record.Leaks {
			k := &n.Record.Leaks[i]
			key := [2]any{k.Held.Site.Instr, k.Return}
			if k.Held.Site.ByCaller || seen[key] || l.given[l.ClassOf(k.Held.Path)] && !k.Failed {
				continue
			}
			seen[key] = true
			out = append(out, NodeLeak{n, k})
		}
	}
	return out
}

// A NodeLeak is a leak and where it is.
type NodeLeak struct {
	Node *flow.Node
	*flow.Leak
}

// indexGiven finds the classes that somebody releases without having taken
// them, and without saying so by his name: such locks change hands.
func (l *Linked) indexGiven() {
	l.given = make(map[string]bool)
	if l.p.far != nil {
		maps.Copy(l.given, l.p.far.given)
	}
	for _, n := range l.p.order {
		if n.Fn.Synthetic != "" || strings.Contains(strings.ToLower(n.Fn.Name()), "unlock") && len(n.Effect.Exits) == 1 {
			continue
		}
		for _, x := range n.Effect.Exits {
			for _, h := range x.Holes {
				l.given[l.ClassOf(h.Path)] = true
			}
		}
	}
}
