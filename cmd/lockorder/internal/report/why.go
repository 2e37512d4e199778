package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// A Question asks why one lock is taken under another.
type Question struct{ Held, Acquired string }

// ParseQuestion reads "A -> B".
func ParseQuestion(s string) (Question, error) {
	held, acquired, ok := strings.Cut(s, "->")
	q := Question{strings.TrimSpace(held), strings.TrimSpace(acquired)}
	if !ok || q.Held == "" || q.Acquired == "" || strings.Contains(q.Acquired, "->") {
		return Question{}, fmt.Errorf("%q: want two locks, as in \"A -> B\"", s)
	}
	return q, nil
}

// Resolve replaces the names of q by those of the report's graph. A name may be
// cut short at its front, before an element, as long as it fits one lock only.
// The error of a name that fits none suggests those that are near.
func (q Question) Resolve(r *lockorder.Report) (Question, error) {
	locks := locksOf(graphOf(r))
	held, err := resolve(q.Held, locks)
	if err != nil {
		return q, err
	}
	acquired, err := resolve(q.Acquired, locks)
	return Question{held, acquired}, err
}

func resolve(name string, locks []string) (string, error) {
	if slices.Contains(locks, name) {
		return name, nil
	}
	var fit []string
	for _, lock := range locks {
		if slices.Contains(suffixes(lock), name) {
			fit = append(fit, lock)
		}
	}
	switch len(fit) {
	case 1:
		return fit[0], nil
	case 0:
		if near := nearest(name, locks); len(near) > 0 {
			return "", fmt.Errorf("no lock %s; did you mean %s?", name, strings.Join(near, " or "))
		}
		return "", fmt.Errorf("no lock %s; -order lists them", name)
	}
	return "", fmt.Errorf("%s is any of %s", name, strings.Join(fit, ", "))
}

// suffixes lists the names by which a lock may be called: its canonical name,
// and what is left of it after each slash and dot that is not in type
// arguments.
func suffixes(lock string) []string {
	list := []string{lock}
	depth := 0
	for i, c := range lock {
		switch {
		case c == '[':
			depth++
		case c == ']':
			depth--
		case depth == 0 && (c == '/' || c == '.'):
			list = append(list, lock[i+1:])
		}
	}
	return list
}

// nearest lists up to three locks with a name that may have been meant: at most
// a third of it is mistyped.
func nearest(name string, locks []string) []string {
	type guess struct {
		lock     string
		distance int
	}
	var guesses []guess
	for _, lock := range locks {
		best := len(name)
		for _, s := range suffixes(lock) {
			best = min(best, distance(strings.ToLower(name), strings.ToLower(s)))
		}
		if best <= max(1, len(name)/3) {
			guesses = append(guesses, guess{lock, best})
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return cmp.Compare(a.distance, b.distance) })
	var near []string
	for _, g := range guesses[:min(3, len(guesses))] {
		near = append(near, g.lock)
	}
	return near
}

// distance is the number of insertions, deletions and replacements of bytes
// that make a into b (Wagner and Fischer, The string-to-string correction
// problem, J. ACM 21(1), 1974).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// Why answers q, of which the names are resolved: with the shortest witness of
// the edge, or that there is none, and then by which other locks the one leads
// to the other all the same. The error is w's.
func Why(w io.Writer, r *lockorder.Report, q Question, o TextOptions) error {
	g := graphOf(r)
	t := &text{names: newNames(namesOfGraph(g)), o: o}
	held, acquired := t.names.short(q.Held), t.names.short(q.Acquired)
	if e, ok := edgeOf(g, q); ok {
		t.line("%s -> %s: %s", held, acquired, count(e.Count, "place"))
		t.why(&e)
	} else {
		t.line("no edge %s -> %s: nothing that was analysed takes the second while it holds the first", held, acquired)
		if path := pathBetween(g, q); len(path) > 2 {
			t.line("it leads there by others: %s", strings.Join(t.names.shorts(path), " -> "))
		}
	}
	if e, ok := edgeOf(g, Question{q.Acquired, q.Held}); ok && q.Held != q.Acquired {
		t.line("the opposite, %s -> %s, has %s", acquired, held, count(e.Count, "place"))
	}
	_, err := w.Write(t.buf.Bytes())
	return err
}

// why tells the witness of e as the proof of a finding is told.
func (t *text) why(e *lockorder.GraphEdge) {
	wit, ok := witness(e)
	if !ok {
		return
	}
	f := &lockorder.Finding{Locks: []string{e.Held, e.Acquired}, Edges: []lockorder.Edge{wit}}
	pkg := commonPackage(f)
	t.line("")
	t.edge("", f, 0, func(name string) string { return t.names.local(name, pkg) })
	t.line("")
}

func edgeOf(g *lockorder.Graph, q Question) (lockorder.GraphEdge, bool) {
	for _, e := range g.Edges {
		if e.Held == q.Held && e.Acquired == q.Acquired {
			return e, true
		}
	}
	return lockorder.GraphEdge{}, false
}

// pathBetween finds a shortest path of the graph, breadth first, edges in the
// order of their names; nil if there is none.
func pathBetween(g *lockorder.Graph, q Question) []string {
	h := newHierarchy(g)
	paths := [][]string{{q.Held}}
	seen := map[string]bool{}
	for len(paths) > 0 {
		path := paths[0]
		paths = paths[1:]
		for _, e := range h.edges[path[len(path)-1]] {
			next := append(slices.Clone(path), e.Acquired)
			if e.Acquired == q.Acquired {
				return next
			}
			if !seen[e.Acquired] {
				seen[e.Acquired] = true
				paths = append(paths, next)
			}
		}
	}
	return nil
}
