package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lockorder/lockorder/lockorder"
)

// layered is a graph of two cycles, a diamond and a lock on its own:
// top over left and right, both over ring.a <-> ring.b, that over self (under
// itself).
func layered() *lockorder.Report {
	g := &lockorder.Graph{Locks: []lockorder.GraphLock{{Name: "example.com/app.alone"}}}
	for _, e := range [][2]string{
		{"top", "left"}, {"top", "right"}, {"top", "self"}, {"left", "ring.a"}, {"right", "ring.b"},
		{"ring.a", "ring.b"}, {"ring.b", "ring.a"}, {"ring.a", "self"}, {"self", "self"},
	} {
		held, acquired := "example.com/app."+e[0], "example.com/app."+e[1]
		short := mutex(held, "lock", acquired, "lock", "(*T[K|V]).lock", 7)
		long := short
		long.Function, long.Path = "example.com/app.long", make([]lockorder.Frame, 3)
		g.Edges = append(g.Edges, lockorder.GraphEdge{Held: held, Acquired: acquired, Count: 2, Witnesses: []lockorder.Edge{long, short}})
	}
	return &lockorder.Report{Graph: g}
}

func TestOrder(t *testing.T) {
	for _, format := range OrderFormats {
		var b strings.Builder
		if err := Order(&b, layered(), format); err != nil {
			t.Fatal(err)
		}
		golden(t, "order."+string(format), b.String())
	}
	if err := Order(&strings.Builder{}, layered(), "svg"); err == nil {
		t.Error("no error for an unknown format")
	}
}

func TestHierarchyLayers(t *testing.T) {
	h := newHierarchy(layered().Graph)
	want := [][]component{
		{{"example.com/app.top"}},
		{{"example.com/app.left"}, {"example.com/app.right"}},
		{{"example.com/app.ring.a", "example.com/app.ring.b"}},
		{{"example.com/app.self"}},
	}
	if diff := cmp.Diff(want, h.layers); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]component{want[2][0], want[3][0]}, h.cycles); diff != "" {
		t.Error(diff)
	}
}

func TestOrderOfNothing(t *testing.T) {
	var b strings.Builder
	if err := Order(&b, &lockorder.Report{}, OrderText); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "lock order: 0 locks in 0 layers, 0 edges, 0 cycles\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhy(t *testing.T) {
	for _, c := range []struct{ name, question, want string }{
		{"edge", "top -> left", `app.top -> app.left: 2 places

  app.(*T[K|V]).lock holds app.top, taken at app.go:7:2
      (*T[K|V]).lock  app.go:8:2  locks app.left

`},
		{"indirect", "top -> ring.b", `no edge app.top -> app.ring.b: nothing that was analysed takes the second while it holds the first
it leads there by others: app.top -> app.right -> app.ring.b
`},
		{"opposite", "example.com/app.self -> app.ring.a", `no edge app.self -> app.ring.a: nothing that was analysed takes the second while it holds the first
the opposite, app.ring.a -> app.self, has 2 places
`},
		{"none", "alone -> alone", `no edge app.alone -> app.alone: nothing that was analysed takes the second while it holds the first
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			q, err := ParseQuestion(c.question)
			if err != nil {
				t.Fatal(err)
			}
			if q, err = q.Resolve(layered()); err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			if err := Why(&b, layered(), q, TextOptions{}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, b.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestResolveErrors(t *testing.T) {
	g := &lockorder.Graph{Locks: []lockorder.GraphLock{{Name: "x/a.T.mu"}, {Name: "x/b.T.mu"}, {Name: "x/b.Cache.lock"}}}
	for question, want := range map[string]string{
		"T.mu -> a.T.mu":       "T.mu is any of x/a.T.mu, x/b.T.mu",
		"a.T.mu -> Cahce.lock": "no lock Cahce.lock; did you mean x/b.Cache.lock?",
		"c.T.mu -> a.T.mu":     "no lock c.T.mu; did you mean x/a.T.mu or x/b.T.mu?",
		"nothing -> a.T.mu":    "no lock nothing; -order lists them",
	} {
		q, err := ParseQuestion(question)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := q.Resolve(&lockorder.Report{Graph: g}); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", question, err, want)
		}
	}
	for _, bad := range []string{"", "A", "A -> ", "-> B", "A -> B -> C", "A < B"} {
		if _, err := ParseQuestion(bad); err == nil {
			t.Errorf("%q is taken for a question", bad)
		}
	}
}
