package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lockorder/lockorder/lockorder"
)

// What -order printed, in any format, allows the code that it was printed of,
// also when a page surrounds it and an editor has put in carriage returns.
func TestKeptOrderRoundTrip(t *testing.T) {
	for _, format := range OrderFormats {
		data, err := os.ReadFile(filepath.Join("testdata", "order."+string(format)))
		if err != nil {
			t.Fatal(err)
		}
		page := strings.ReplaceAll("Our locks\n\n"+string(data), "\n", "\r\n")
		k, err := ReadOrder(strings.NewReader(page))
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		check, err := k.Check(layered())
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		if len(check.Violations) > 0 || len(check.New) > 0 || len(check.Gone) > 0 {
			t.Errorf("%s: %+v", format, check)
		}
		if len(k.edges) != 9 || k.layers["app.self"] != 4 {
			t.Errorf("%s: %d edges, layers %v", format, len(k.edges), k.layers)
		}
	}
}

// An edge up, or within a layer, is forbidden unless it is listed; a lock that
// the file does not know forbids nothing.
func TestKeptOrderForbids(t *testing.T) {
	r := layered()
	for _, e := range [][2]string{{"left", "top"}, {"left", "right"}, {"top", "ring.a"}, {"top", "top"}, {"new", "top"}, {"self", "alone"}} {
		held, acquired := "example.com/app."+e[0], "example.com/app."+e[1]
		w := mutex(held, "lock", acquired, "lock", "F", 3)
		r.Graph.Edges = append(r.Graph.Edges, lockorder.GraphEdge{Held: held, Acquired: acquired, Count: 1, Witnesses: []lockorder.Edge{w}})
	}
	data, err := os.ReadFile(filepath.Join("testdata", "order.text"))
	if err != nil {
		t.Fatal(err)
	}
	k, err := ReadOrder(strings.NewReader(string(data) + "  app.gone\n"))
	if err != nil {
		t.Fatal(err)
	}
	check, err := k.Check(r)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, v := range check.Violations {
		got = append(got, v.Edge.Held+" -> "+v.Edge.Acquired)
	}
	want := []string{"example.com/app.left -> example.com/app.right", "example.com/app.left -> example.com/app.top", "example.com/app.top -> example.com/app.top"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"example.com/app.new"}, check.New); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"app.gone"}, check.Gone); diff != "" {
		t.Error(diff)
	}
	var b strings.Builder
	if err := check.Write(&b, "locks.md", TextOptions{}); err != nil {
		t.Fatal(err)
	}
	golden(t, "order_check.txt", b.String())
}

func TestReadOrderErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "there is no lock order in it; -order, -order=markdown and -order=mermaid print one",
		"# Locks\n- a\n":                 "there is no lock order in it",
		"lock order: \nlayer one":        `line 2: "layer one": want layer and a number`,
		"lock order: \n  a":              `line 2: "  a": a lock before the first layer`,
		"lock order: \nlayer 1\n    > a": `line 3: "    > a": want a lock after >`,
		"lock order: \nlayer 1\n  a\nlayer 2\n  a": "line 5: a is in layer 2 and, by line 3, in layer 1",
		"| layer | held | x |\n| --- |\n| 1 |":     `line 3: "| 1 |": want the cells layer, held, then taken`,
		"| layer | held | x |\n| top | `a` | |":    "want the number of a layer, and a lock",
		"flowchart TD\n  l1 --> l2":                `line 2: "l1 --> l2": a node of it is not in a layer`,
	} {
		if _, err := ReadOrder(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestKeptOrderOfAmbiguousName(t *testing.T) {
	k, err := ReadOrder(strings.NewReader("lock order:\nlayer 1\n  app.mu\n"))
	if err != nil {
		t.Fatal(err)
	}
	g := &lockorder.Graph{Locks: []lockorder.GraphLock{{Name: "x/app.mu"}, {Name: "y/app.mu"}}}
	if _, err := k.Check(&lockorder.Report{Graph: g}); err == nil || err.Error() != "line 3: app.mu is any of x/app.mu, y/app.mu" {
		t.Errorf("error %v", err)
	}
}
