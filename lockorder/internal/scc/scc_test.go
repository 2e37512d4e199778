package scc

import (
	"slices"
	"testing"
)

// Components come before what leads to them, and cycles are one.
func TestComponents(t *testing.T) {
	graph := [][]int{0: {1}, 1: {2, 3}, 2: {1}, 3: {3, 4}, 4: {}, 5: {0, 4}}
	got := Components(len(graph), func(v int, visit func(int)) {
		for _, w := range graph[v] {
			visit(w)
		}
	})
	want := [][]int{{4}, {3}, {2, 1}, {0}, {5}}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %v, want %v", got, want)
	}
}
