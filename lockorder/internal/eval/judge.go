package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// deadlocks are the kinds that say that goroutines hang on each other or on
// themselves: what a listed deadlock may be reported as.
var deadlocks = []lockorder.Kind{lockorder.Cycle, lockorder.Relock, lockorder.RLock, lockorder.Peers, lockorder.Wait}

// sameLock says whether got is the lock that want names. A tree may be analysed
// under a path of its own (std.example/x/database/sql for database/sql), so
// that want may be the end of got.
func sameLock(got, want string) bool {
	return got == want || strings.HasSuffix(got, "/"+want)
}

// names says whether f names every one of the locks; same compares two names.
func names(f *lockorder.Finding, locks []string, same func(got, want string) bool) bool {
	for _, want := range locks {
		if !slices.ContainsFunc(f.Locks, func(got string) bool { return same(got, want) }) {
			return false
		}
	}
	return true
}

var typeArgs = regexp.MustCompile(`\[[^\]]*\]`)

// plain brings the ways of writing a function to one: the last element of the
// import path, receiver without star and parentheses. "(*a/b.T).m$1" and
// "x/b.(*T).m$1" are both "b.T.m$1".
func plain(fn string) string {
	fn = typeArgs.ReplaceAllString(fn, "")
	fn = fn[strings.LastIndexByte(fn, '/')+1:]
	return strings.NewReplacer("(", "", "*", "", ")", "").Replace(fn)
}

// isFunc says whether got is the function that want names, where want may lack
// the package and the receiver's type.
func isFunc(got, want string) bool {
	got, want = plain(got), plain(want)
	return got == want || strings.HasSuffix(got, "."+want)
}

// positions lists every place that f mentions.
func positions(f *lockorder.Finding) []lockorder.Pos {
	ps := []lockorder.Pos{f.Pos}
	for i := range f.Edges {
		e := &f.Edges[i]
		ps = append(ps, e.HeldAt, e.AcquiredAt)
		for _, frame := range slices.Concat(e.HeldPath, e.Path) {
			ps = append(ps, frame.Pos)
		}
	}
	for _, c := range f.Cut {
		ps = append(ps, c.Pos)
	}
	return ps
}

// absolute is the slash-separated name of a position's file. Files of a report
// are relative to the directory of the run when below it.
func (o *outcome) absolute(p lockorder.Pos) string {
	if filepath.IsAbs(p.File) {
		return filepath.ToSlash(p.File)
	}
	return filepath.ToSlash(filepath.Join(o.dir, p.File))
}

// isAt says whether p is on the given line of a file that ends in suffix.
func (o *outcome) isAt(p lockorder.Pos, suffix string, line int) bool {
	return p.Line == line && strings.HasSuffix(o.absolute(p), "/"+suffix)
}

// byKind counts findings by kind, in the order of lockorder.Kinds.
func byKind(findings []lockorder.Finding) string {
	var parts []string
	for _, k := range lockorder.Kinds {
		n := 0
		for i := range findings {
			if findings[i].Kind == k {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", k, n))
		}
	}
	if parts == nil {
		return "no finding"
	}
	return strings.Join(parts, ", ")
}

// edgeText tells an edge in one line.
func edgeText(e *lockorder.Edge) string {
	return fmt.Sprintf("%s holds %s (%s:%d), %s takes %s (%s:%d), %d calls",
		plain(e.Function), shortLock(e.Held), e.HeldAt.File, e.HeldAt.Line,
		plain(e.AcquiredAt.Func), shortLock(e.Acquired), e.AcquiredAt.File, e.AcquiredAt.Line,
		max(len(e.Path)-1, 0))
}

// shortLock leaves out the folders of a lock's import path.
func shortLock(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

// shortLocks writes a finding's locks for a cell.
func shortLocks(f *lockorder.Finding) string {
	short := make([]string, len(f.Locks))
	for i, l := range f.Locks {
		short[i] = shortLock(l)
	}
	return strings.Join(short, " ")
}
