package link

import "github.com/lockorder/lockorder/lockorder/internal/flow"

// firstOnly marks the nodes that only the program's first goroutine runs:
// those that main and the package initialisers reach, and no goroutine that
// is started, and nobody outside of the view.
func (l *Linked) firstOnly() {
	nodes := l.p.order
	l.first = make([]bool, len(nodes))
	other := make([]bool, len(nodes))
	called := make([]bool, len(nodes))
	var work []*flow.Node
	start := func(n *flow.Node) {
		if !other[n.ID] {
			other[n.ID] = true
			work = append(work, n)
		}
	}
	for _, n := range nodes {
		for i := range n.Record.Calls {
			for _, c := range n.Record.Calls[i].Callees {
				called[c.Node.ID] = true
			}
		}
	}
	for _, n := range nodes {
		for i := range n.Record.Spawns {
			for _, c := range n.Record.Spawns[i].Callees {
				start(c.Node)
			}
		}
		if l.p.first(n.Fn) {
			continue
		}
		if l.p.isFar(n) && l.p.far.nodes[n].spawned {
			start(n)
		}
		if !called[n.ID] || n.Key == "" && l.p.isRoot(n.Fn) && !l.p.within(n.Fn) {
			start(n)
		}
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		for i := range n.Record.Calls {
			for _, c := range n.Record.Calls[i].Callees {
				start(c.Node)
			}
		}
	}
	later := append([]bool(nil), other...)
	for _, n := range nodes {
		l.first[n.ID] = !other[n.ID]
		if n.Fn.Name() == "main" && l.p.first(n.Fn) {
			work = append(work, n)
			later[n.ID] = true
		}
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		for i := range n.Record.Calls {
			for _, c := range n.Record.Calls[i].Callees {
				if !later[c.Node.ID] {
					later[c.Node.ID] = true
					work = append(work, c.Node)
				}
			}
		}
	}
	l.initial = make([]bool, len(nodes))
	for _, n := range nodes {
		l.initial[n.ID] = !later[n.ID]
	}
}
