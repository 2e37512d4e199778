package lockorder_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/lockorder/lockorder/lockorder"
)

// TestOthers: an edge of a cycle names the other places that make it, one for
// each call in a function that holds the lock, but none that a gate keeps apart
// from the rest of the cycle.
func TestOthers(t *testing.T) {
	src, err := filepath.Abs(filepath.Join("..", "testdata", "src"))
	if err != nil {
		t.Fatal(err)
	}
	for program, want := range map[string][]string{
		"cycle_other_places":       {"(*Client).Details calls (*Client).detail, 3", "(*Client).Close calls (*Client).detail, 3", "(*Client).Close calls (*Account).Name, 2"},
		"cycle_other_places_gated": {"(*Client).Close calls (*Client).detail, 3", "(*Client).Close calls (*Account).Name, 2"},
	} {
		report, err := lockorder.Run(t.Context(), lockorder.Config{Dir: src, Patterns: []string{"./" + program}})
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Findings) != 1 {
			t.Fatalf("%s: %d findings", program, len(report.Findings))
		}
		var got []string
		for _, e := range report.Findings[0].Edges {
			for _, o := range e.Others {
				if o.Held != e.Held || o.Acquired != e.Acquired || len(o.Others) > 0 {
					t.Errorf("%s: %+v is not of the edge %s to %s", program, o, e.Held, e.Acquired)
				}
				last := o.Path[1].Func
				got = append(got, fmt.Sprintf("%s calls %s, %d", base(o.Function), base(last), len(o.Path)))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", program, got, want)
		}
	}
}

// base is a function's name without its package.
func base(fn string) string {
	ext := filepath.Ext(fn[:len(fn)-len(filepath.Ext(fn))])
	return ext[1:] + filepath.Ext(fn)
}
