// Package scc finds strongly connected components, by Tarjan: Depth-first
// search and linear graph algorithms, SIAM J. Comput. 1972.
package scc

// Components returns the strongly connected components of the graph with the
// nodes 0 to n-1, those that others lead to first. succs calls visit for each
// successor of v. The order depends on that of the successors alone.
func Components(n int, succs func(v int, visit func(w int))) [][]int {
	t := &tarjan{succs: succs, index: make([]int, n), low: make([]int, n), on: make([]bool, n)}
	for v := range n {
		if t.index[v] == 0 {
			t.visit(v)
		}
	}
	return t.out
}

type tarjan struct {
	succs func(int, func(int))

	next       int
	index, low []int // index is 0 before the first visit
	on         []bool
	stack      []int
	out        [][]int
}

func (t *tarjan) visit(v int) {
	t.next++
	t.index[v], t.low[v] = t.next, t.next
	t.stack = append(t.stack, v)
	t.on[v] = true
	t.succs(v, func(w int) {
		if t.index[w] == 0 {
			t.visit(w)
			t.low[v] = min(t.low[v], t.low[w])
		} else if t.on[w] {
			t.low[v] = min(t.low[v], t.index[w])
		}
	})
	if t.low[v] != t.index[v] {
		return
	}
	var c []int
	for {
		w := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.on[w] = false
		c = append(c, w)
		if w == v {
			break
		}
	}
	t.out = append(t.out, c)
}
