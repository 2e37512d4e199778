package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// A step is one line of an edge's story: a function, a place in it, and what
// the function does there.
type step struct {
	fn   string // canonical
	pos  lockorder.Pos
	does string
	cut  bool // the cut goes through here
	// calls is the function that it calls, canonical, or "" if it takes the lock.
	calls string
}

// A shown function turns a canonical name into the one that a format shows. The
// stories take two: one for locks and for whoever holds them, and one for the
// frames, where a package that they all share may be left out.
type shown func(string) string

// calls says how a frame makes its next call, by Frame.Via.
var calls = map[string]string{
	"call":      "calls %s",
	"defer":     "defers %s",
	"interface": "calls %s (by interface)",
	"func":      "calls %s (by function value)",
	"model":     "calls %s (by model)",
}

// second tells, by kind, the other goroutine of a finding that a single edge
// proves. A relock hangs all alone.
var second = map[lockorder.Kind]string{
	lockorder.RLock: "a writer that comes between the two read locks: it waits for the first, the second waits for it",
	lockorder.Peers: "the same, with the two instances exchanged",
}

// phrase fills in one of the tables above. A word of the schema that is not in
// the table is shown as it is, so that a newer engine's report stays readable.
func phrase(table map[string]string, word, name string) string {
	form, ok := table[word]
	if !ok {
		form = word + " %s"
	}
	return strings.Replace(form, "%s", name, 1)
}

// opening is the first sentence of an edge's story, without the goroutine. It
// names the holder in full, as it does the locks.
func opening(e *lockorder.Edge, lock, fn shown) string {
	s := lock(e.Function) + " " + e.Holding(lock(e.Held))
	if e.HeldAt.Line > 0 {
		word := "taken at"
		if e.HeldMode == "wait" {
			word = "due from"
		}
		s += fmt.Sprintf(", %s %s", word, e.HeldAt)
		if n := len(e.HeldPath); n > 1 {
			s += " by " + fn(e.HeldPath[n-1].Func)
		}
	}
	return s
}

// steps tells what the goroutine of edge i of f does: how a callee took the
// held lock, if it was a callee, then the chain to the next acquisition.
func steps(f *lockorder.Finding, i int, lock, fn shown) []step {
	e := &f.Edges[i]
	path := pathOf(e)
	list := chain(path, fn)
	if n := len(e.HeldPath) - 1; n > 0 {
		taking := chain(e.HeldPath, fn)
		taking[n].does = lockorder.TakingIn(e.HeldMode, lock(e.Held))
		if within(e.HeldPath, path) {
			list = slices.Insert(list, n, taking[n])
		} else {
			taking[n].does += " and returns with it"
			list = append(taking, list...)
		}
	}
	list[len(list)-1].does = ending(f, i, lock)
	for j := range list {
		list[j].cut = len(f.Cut) > 0 && worthNaming(f.Cut[0]) && isAt(f.Cut[0], &list[j])
	}
	return list
}

// within reports whether the call that takes the held lock, by frames, has not
// returned where the path goes on.
func within(held, path []lockorder.Frame) bool {
	n := len(held) - 1
	return len(path) > n && slices.Equal(held[:n], path[:n]) && held[n].Func == path[n].Func
}

// pathOf returns the frames from the holder to the acquisition. An engine that
// finds the acquisition in the holder itself may leave the path empty, and one
// that stops at a modelled call may leave out where it leads.
func pathOf(e *lockorder.Edge) []lockorder.Frame {
	path := e.Path
	if len(path) == 0 {
		return []lockorder.Frame{{Func: e.Function, Pos: e.AcquiredAt, Via: "call"}}
	}
	last := path[len(path)-1]
	if at := e.AcquiredAt; at.Func != "" && at.Func != last.Func {
		path = append(path[:len(path):len(path)], lockorder.Frame{Func: at.Func, Pos: at, Via: "call"})
	}
	return path
}

// chain tells the calls of frames; what the last frame does is left open.
func chain(frames []lockorder.Frame, fn func(string) string) []step {
	list := make([]step, len(frames))
	for i, frame := range frames {
		list[i] = step{fn: frame.Func, pos: frame.Pos}
		if i+1 < len(frames) {
			list[i].does = phrase(calls, cmp.Or(frame.Via, "call"), fn(frames[i+1].Func))
			list[i].calls = frames[i+1].Func
		}
	}
	return list
}

// ending says what the last step of edge i does, and who holds what it wants.
func ending(f *lockorder.Finding, i int, lock shown) string {
	e := &f.Edges[i]
	s := e.Taking(lock(e.Held), lock(e.Acquired))
	if holder := holderOf(f, i); holder != "" {
		s += ", " + holder
	}
	return s
}

func holderOf(f *lockorder.Finding, i int) string {
	e := &f.Edges[i]
	if e.Held == e.Acquired {
		switch {
		case f.Kind == lockorder.Peers:
			return "another instance"
		case e.HeldMode == "rlock":
			return "which it holds for reading"
		}
		return "which it holds"
	}
	for j := range f.Edges {
		if j == i || f.Edges[j].Held != e.Acquired {
			continue
		}
		if f.Edges[j].HeldMode == "wait" {
			return fmt.Sprintf("which goroutine %d has yet to signal", j+1)
		}
		return fmt.Sprintf("which goroutine %d holds", j+1)
	}
	return ""
}

// worthNaming reports whether c says something: where there is only one cycle,
// it goes through each of its calls, and to name one would be a guess.
func worthNaming(c lockorder.Cut) bool { return c.Of > 1 }

func isAt(c lockorder.Cut, s *step) bool {
	return s.fn == c.Caller && s.pos.File == c.Pos.File && s.pos.Line == c.Pos.Line
}

// cutLine says in words which call or acquisition the cycles, or relocks, share.
func cutLine(f *lockorder.Finding, c lockorder.Cut, lock, fn shown) string {
	what := "the call of " + fn(c.Callee)
	if isLock(f, c.Callee) {
		what = "the taking of " + lock(c.Callee)
	}
	all := "cycles"
	if f.Kind == lockorder.Relock || f.Kind == lockorder.RLock {
		all = string(f.Kind) + "s"
	}
	return fmt.Sprintf("%d of %d %s go through %s in %s (%s)", c.Breaks, c.Of, all, what, fn(c.Caller), c.Pos)
}

// holdersLine names the others whom the cut has take their lock again.
func holdersLine(f *lockorder.Finding, fn shown) string {
	var list []string
	for _, p := range f.Holders {
		list = append(list, fmt.Sprintf("%s (%s)", fn(p.Func), p))
	}
	return "it is so for the lock that is held in " + strings.Join(list, "; ")
}

// othersNamed is how many of the other places of an edge a finding names unless
// it is to name all.
const othersNamed = 3

// othersLines names the other places that make the edges, a line for each that
// has some.
func othersLines(f *lockorder.Finding, all bool, lock, fn shown) []string {
	var lines []string
	for i := range f.Edges {
		if e := &f.Edges[i]; len(e.Others) > 0 {
			lines = append(lines, othersLine(e, all, lock, fn))
		}
	}
	return lines
}

func othersLine(e *lockorder.Edge, all bool, lock, fn shown) string {
	n := len(e.Others)
	named := e.Others
	if !all && n > othersNamed+1 {
		named = named[:othersNamed]
	}
	var list []string
	for i := range named {
		o := &named[i]
		list = append(list, fmt.Sprintf("%s (%s)", fn(o.Function), o.Start()))
	}
	s := fmt.Sprintf("%s is taken under %s in other places too, with the same end: %s", lock(e.Acquired), lock(e.Held), strings.Join(list, "; "))
	if more := n - len(named); more > 0 {
		s += fmt.Sprintf("; and at %d other places", more)
	}
	return s
}

// isLock tells the two sorts of cut apart: a cut's callee is a lock or a
// function.
func isLock(f *lockorder.Finding, name string) bool {
	for _, l := range f.Locks {
		if l == name {
			return true
		}
	}
	for _, e := range f.Edges {
		if e.Held == name || e.Acquired == name {
			return true
		}
	}
	return false
}

// plain tells f in a few lines of prose, for formats whose viewers show little
// more than a message: GitHub shows neither related locations nor properties.
func plain(f *lockorder.Finding, n *names, fn shown) string {
	s := n.prose(f.Message, namesOfFinding(f)) + "."
	for i := range f.Edges {
		list := steps(f, i, n.short, fn)
		last := list[len(list)-1]
		s += fmt.Sprintf("\nGoroutine %d: %s; %s %s at %s.", i+1, opening(&f.Edges[i], n.short, fn), fn(last.fn), last.does, last.pos)
	}
	if len(f.Cut) > 0 && worthNaming(f.Cut[0]) {
		s += "\n" + cutLine(f, f.Cut[0], n.short, fn) + "."
	}
	if len(f.Holders) > 0 {
		s += "\n" + holdersLine(f, fn) + "."
	}
	for _, line := range othersLines(f, false, n.short, fn) {
		s += "\n" + line + "."
	}
	return s + fmt.Sprintf("\nConfidence %s: %s. %s", f.Confidence, f.Reason, f.ID)
}
