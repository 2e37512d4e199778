package link

import (
	"slices"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// through returns how one who could end a wait comes to need another lock
// before, and how the holder of that comes to need the lock under which it is
// waited: three goroutines, of which none goes on. x.under is the witness of
// the wait.
func (l *Linked) through(x waiting, p *provider, held string, mode lock.Mode) []*Witness {
	if x.under == nil {
		return nil
	}
	var best []*Witness
	least := 0
	for _, k := range l.before(held) {
		if k.Held == held || slices.ContainsFunc(x.under.Gates, func(g Gate) bool { return g.Class == k.Held }) {
			continue // the waiter has it: the wait is judged for that lock too
		}
		for _, v := range l.Edges[k].Witnesses {
			if v.Held.Fresh || v.Same || !l.excludes(held, mode, v.Mode) || l.neverMeet(x.under, v) || l.crossed(v, EdgeKey{held, k.Held}) {
				continue
			}
			need := l.needsAlone(p, k.Held, v.Held.Mode)
			if need == nil || l.neverMeet(l.placed(need[0]), v) || !l.MayMeet(l.Edges[k], l.Edges[EdgeKey{held, l.Name(x.under)}]) {
				continue
			}
			if holds := l.heldBy(l.Edges[k]); holds != nil {
				if need = l.needs(p, k.Held, v.Held.Mode, maxTransitive, waiting{holds: holds}); need == nil {
					continue
				}
			}
			if cost := l.cost(need[0]) + l.cost(v); best == nil || cost < least {
				best, least = []*Witness{l.placed(need[0]), v}, cost
			}
			break // the others are held in the same mode, most often
		}
	}
	return best
}

// needsAlone returns how a provider takes the lock before it signals, if not by
// a wait for another: whoever waits for the signal.
func (l *Linked) needsAlone(p *provider, class string, held lock.Mode) []*Witness {
	k := wanting{p, class, held}
	need, asked := l.wanting[k]
	if !asked {
		need = l.needs(p, class, held, maxTransitive, waiting{})
		if l.wanting == nil {
			l.wanting = make(map[wanting][]*Witness)
		}
		l.wanting[k] = need
	}
	return need
}

// A wanting is a question that needsAlone has been asked.
type wanting struct {
	provider *provider
	class    string
	held     lock.Mode
}

// Through returns the lock that he who could end the wait needs, if its holder
// is another goroutine that needs the one held; else "".
func (h *Hang) Through() string {
	if len(h.Need) == 2 && !h.Need[0].Mode.Signals() {
		return h.Need[0].Class
	}
	return ""
}

// before lists the edges from a lock to the class, in order.
func (l *Linked) before(class string) []EdgeKey {
	if l.orders == nil {
		l.orders = make(map[string][]EdgeKey)
		for k, e := range l.Edges {
			if len(e.Witnesses) > 0 && !e.Witnesses[0].Mode.Signals() {
				l.orders[k.Acquired] = append(l.orders[k.Acquired], k)
			}
		}
		for _, keys := range l.orders {
			slices.SortFunc(keys, EdgeKey.Compare)
		}
	}
	return l.orders[class]
}

// placed adds to a need what keeps it apart from others.
func (l *Linked) placed(need *Witness) *Witness {
	var over gates
	if need.Call != nil {
		over.held, over.released = need.Call.Held, need.Call.Holes
	} else {
		over.held, over.released = need.Acquire.Held, need.Acquire.Holes
	}
	need.Gates, _ = l.gates(need, &over)
	need.situation = l.situation(need)
	return need
}

// crossed reports whether somebody takes the locks of a witness the other way
// round: that is a cycle of the two, without a wait.
func (l *Linked) crossed(v *Witness, k EdgeKey) bool {
	e := l.Edges[k]
	return e != nil && slices.ContainsFunc(e.Witnesses, func(w *Witness) bool { return !l.neverMeet(v, w) })
}

// neverMeet reports whether two witnesses cannot happen at one time: a gate
// keeps them apart, or the goroutines that run them do.
func (l *Linked) neverMeet(v, w *Witness) bool {
	return l.Apart(v, w) || conflict(v.Gates, w.Gates)
}
