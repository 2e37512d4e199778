package graph

import (
	"fmt"
	"math/rand"
	"testing"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// TestChoose compares the choice of witnesses with that of trying all.
func TestChoose(t *testing.T) {
	found := 0
	for seed := range int64(400) {
		g, edges := randomCycle(rand.New(rand.NewSource(seed)))
		want := cheapest(g, edges)
		c := g.choose(edges)
		if (c != nil) != (want > 0) {
			t.Fatalf("seed %d: choose found %v, trying all costs %d", seed, c, want)
		}
		if c == nil {
			continue
		}
		found++
		if got := costOf(c.Witnesses, c.ReadersOnly); got != want {
			t.Errorf("seed %d: choice costs %d, the cheapest %d", seed, got, want)
		}
		if !apartFree(c.Witnesses) {
			t.Errorf("seed %d: two chosen witnesses exclude each other", seed)
		}
	}
	if found < 50 || found > 350 {
		t.Errorf("%d of 400 random cycles have a choice: the test tells little", found)
	}
}

// randomCycle makes a cycle of two to four edges; one in eight has more
// witnesses than a word has bits.
func randomCycle(r *rand.Rand) (*Graph, []*Edge) {
	n := 2 + r.Intn(3)
	g := &Graph{}
	var edges []*Edge
	for i := range n {
		g.Locks = append(g.Locks, Lock{Name: fmt.Sprint("lock", i), Writer: r.Intn(4) > 0, Under: func() [][]Gate { return [][]Gate{nil} }})
		e := &Edge{From: i, To: (i + 1) % n}
		many := 1 + r.Intn(5)
		if n == 2 && r.Intn(4) == 0 {
			many = 60 + r.Intn(20)
		}
		for range many {
			e.Witnesses = append(e.Witnesses, randomWitness(r))
		}
		edges = append(edges, e)
	}
	g.Edges = edges
	g.init()
	return g, edges
}

func randomWitness(r *rand.Rand) *Witness {
	gates := func(most int) []Gate {
		var gs []Gate
		for range r.Intn(most) {
			gs = append(gs, Gate{fmt.Sprint("gate", r.Intn(4)), lock.Mode(r.Intn(2))})
		}
		return gs
	}
	kept := gates(3)
	group, calls := r.Intn(6), make([]any, r.Intn(9))
	w := &Witness{Held: Gate{fmt.Sprint("gate", r.Intn(8)), lock.Mode(r.Intn(2))}, Mode: lock.Mode(r.Intn(2)), Gates: gates(3), Data: group}
	w.MayKeep = func() []Gate { return kept }
	w.Keeps = func(g Gate) bool {
		for _, k := range kept {
			if k.Name == g.Name && k.Mode.Conflicts(g.Mode) {
				return true
			}
		}
		return false
	}
	w.Apart = func(v *Witness) bool { return v.Data.(int) == group }
	w.Chain = func() *Chain { return &Chain{Calls: calls} }
	return w
}

// cheapest tries all choices, and returns what the best costs; 0 if there is
// none.
func cheapest(g *Graph, edges []*Edge) int {
	best := 0
	pick := make([]*Witness, len(edges))
	var visit func(i int)
	visit = func(i int) {
		if i < len(edges) {
			for _, w := range edges[i].Witnesses {
				pick[i] = w
				visit(i + 1)
			}
			return
		}
		readers := false
		for i, w := range pick {
			if !pick[(i+1)%len(pick)].Held.Mode.Conflicts(w.Mode) {
				readers = true
				if l := &g.Locks[edges[i].To]; !l.Writer || !l.written(pick) {
					return
				}
			}
		}
		if cost := costOf(pick, readers); apartFree(pick) && (best == 0 || cost < best) {
			best = cost
		}
	}
	visit(0)
	return best
}

func costOf(pick []*Witness, readers bool) int {
	cost := 0
	for _, w := range pick {
		cost += w.Chain().cost()
	}
	if readers {
		cost += 20
	}
	return cost
}

func apartFree(pick []*Witness) bool {
	for i, w := range pick {
		for _, v := range pick[:i] {
			if gated(v, w) || v.Apart(w) || keptApart(v, w) {
				return false
			}
		}
	}
	return true
}
