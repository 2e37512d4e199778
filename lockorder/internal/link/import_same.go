package link

import (
	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

func hasAcquire(r *flow.Record, q *flow.Acquire) bool {
	for i := range r.Acquires {
		a := &r.Acquires[i]
		if a.Site == q.Site && a.Path == q.Path && sameHeld(a.Held, q.Held) && sameHoles(a.Holes, q.Holes) {
			return true
		}
	}
	return false
}

// hasCall looks for the call, and gives it the callees that it does not have.
func hasCall(r *flow.Record, q *flow.Call) bool {
	for i := range r.Calls {
		c := &r.Calls[i]
		if c.Instr != q.Instr || !sameHeld(c.Held, q.Held) || !sameHoles(c.Holes, q.Holes) {
			continue
		}
		for _, k := range q.Callees {
			found := false
			for j := range c.Callees {
				found = found || c.Callees[j].Node == k.Node
			}
			if !found {
				c.Callees = append(c.Callees, k)
			}
		}
		return true
	}
	return false
}

func hasOpen(r *flow.Record, q *flow.Open) bool {
	for i := range r.Opens {
		o := &r.Opens[i]
		if o.Instr == q.Instr && o.Slot == q.Slot && o.Method == q.Method && sameHeld(o.Held, q.Held) && sameHoles(o.Holes, q.Holes) {
			return true
		}
	}
	return false
}

func hasSignal(r *flow.Record, q *flow.Signal) bool {
	for i := range r.Signals {
		if s := &r.Signals[i]; s.Instr == q.Instr && s.Path == q.Path && s.Mode == q.Mode {
			return true
		}
	}
	return false
}

func sameHeld(a, b []flow.Held) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Path != b[i].Path || a[i].Mode != b[i].Mode || a[i].Site != b[i].Site {
			return false
		}
	}
	return true
}

func sameHoles(a, b []flow.Hole) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Path != b[i].Path {
			return false
		}
	}
	return true
}
