package main

import (
	"strings"
	"testing"

	"github.com/lockorder/lockorder/lockorder"
)

func TestDifferences(t *testing.T) {
	frame := func(fn string) lockorder.Frame { return lockorder.Frame{Func: fn} }
	cycle := func(id, lock, fn string) lockorder.Finding {
		return lockorder.Finding{
			ID: id, Kind: lockorder.Cycle, Locks: []string{"ex/a.T.mu", lock},
			Edges: []lockorder.Edge{{Function: "ex/a.(*T).m", Path: []lockorder.Frame{frame("ex/a.(*T).m"), frame(fn)}}},
		}
	}
	vet, err := readVet(strings.NewReader(`{}
{"ex/b": {"lockorder": [
	{"category": "cycle", "message": "a.T.mu → b.mu: taken in opposite orders [LO-1]"},
	{"category": "cycle", "message": "a.T.mu → c.mu: taken in opposite orders [LO-22]"},
	{"category": "cycle", "message": "a.T.mu → e.mu: taken in opposite orders: a.T.mu held at a.go:1, e.mu taken at e.go:2; e.mu held at e.go:3, a.T.mu taken at a.go:4 [LO-6]"},
	{"category": "cycle", "message": "a.T.mu → d.mu: taken in opposite orders: a.T.mu held at a.go:1, d.mu taken at d.go:2 [LO-33, low confidence]"},
	{"category": "relock", "message": "a.T.mu is locked again [LO-5]"}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	view := &imports{
		order: []string{"ex/a", "ex/x.v2", "ex/b"},
		of:    map[string][]string{"ex/a": {}, "ex/x.v2": {}, "ex/b": {"ex/a"}},
		all:   make(map[string]map[string]bool),
	}
	got := differences(&lockorder.Report{
		Findings: []lockorder.Finding{
			cycle("LO-1", "ex/b.mu", "ex/b.f"), cycle("LO-2", "ex/c.mu", "ex/b.f"),
			cycle("LO-3", "ex/x.v2.mu", "ex/x.v2.G[ex/b.T].f"), cycle("LO-4", "ex/z.mu", "ex/b.f"),
			cycle("LO-7", "ex/d.mu", "ex/b.f"),
		},
		Graph: &lockorder.Graph{Edges: []lockorder.GraphEdge{{Held: "ex/a.T.mu", Acquired: "ex/e.mu"}, {Held: "ex/e.mu", Acquired: "ex/a.T.mu"}}},
	}, vet, view)
	want := []difference{
		{id: "LO-1", same: true},
		{id: "LO-2", why: "told as LO-22, by another chain"},
		{id: "LO-3", why: "no package sees all of a, x.v2"},
		{id: "LO-4"},
		{id: "LO-7", why: "of low confidence under go vet (LO-33), which knows less of what a call reaches"},
		{id: "LO-22", why: "the locks of LO-2, by another chain", vetOnly: true},
		{id: "LO-6", why: "the whole program has these edges, and knows of one goroutine that alone runs them, of a lock held over all, or that the locks are never in one object", vetOnly: true},
		{id: "LO-5", vetOnly: true},
	}
	if len(got) != len(want) {
		t.Fatalf("differences() = %+v", got)
	}
	for i, w := range want {
		if g := got[i]; g.id != w.id || g.same != w.same || g.why != w.why || g.vetOnly != w.vetOnly {
			t.Errorf("difference %d is %+v, want %+v", i, g, w)
		}
	}
}

func TestReadVetRefuses(t *testing.T) {
	for _, in := range []string{`{"a": {"lockorder": {"error": "panic"}}}`, `{"a": {"lockorder": [{"category": "internal", "message": "panic"}]}}`, `{`} {
		if _, err := readVet(strings.NewReader(in)); err == nil {
			t.Errorf("readVet(%s) did not fail", in)
		}
	}
}
