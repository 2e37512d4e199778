package policy

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// An Ignore accepts the findings of one line.
type Ignore struct {
	Kind   string // one of Kinds, or all
	Reason string
	Pos    token.Position
	File   string // as the file set names it
	Line   int    // the line it speaks of
	Used   bool   // it matched a finding
}

// Match returns the ignore that accepts a finding of the kind at one of the
// lines, or nil. An ignore of just that kind comes before one of all. Every
// ignore that accepts the finding becomes used: of two that do, neither is
// idle while the other stands.
func (s *Set) Match(kind, file string, lines ...int) *Ignore {
	var best *Ignore
	for _, ig := range s.Ignores {
		if ig.File != file || ig.Kind != kind && ig.Kind != all || !slices.Contains(lines, ig.Line) {
			continue
		}
		ig.Used = true
		if best == nil || best.Kind == all && ig.Kind != all {
			best = ig
		}
	}
	return best
}

// Unused returns the ignores that matched nothing. It means something only
// after every finding has been matched, those of kinds that are not reported
// as well.
func (s *Set) Unused() []*Ignore {
	var idle []*Ignore
	for _, ig := range s.Ignores {
		if !ig.Used {
			idle = append(idle, ig)
		}
	}
	return idle
}

// ignore reads //lockorder:ignore kind reason.
func (r *reader) ignore(d *directive, code map[int]bool) {
	kind, reason := d.args, ""
	if i := strings.IndexAny(kind, " \t"); i >= 0 {
		kind, reason = kind[:i], strings.TrimSpace(kind[i:])
	}
	kinds := strings.Join(Kinds, ", ") + " or " + all
	switch {
	case kind == "":
		r.errorf(d.pos, "want %signore KIND REASON, KIND one of %s", prefix, kinds)
		return
	case kind != all && !slices.Contains(Kinds, kind):
		r.errorf(d.pos, "unknown kind %q; want one of %s", kind, kinds)
		return
	case reason == "":
		r.errorf(d.pos, "%signore %s needs a reason", prefix, kind)
		return
	}
	file := r.fset.File(d.pos)
	at := file.Position(d.pos)
	line := at.Line
	if !code[file.PositionFor(d.pos, false).Line] {
		line++
		// Below the comment, not inside it: several ignores, or an ignore
		// and its explanation, may stand above one line.
		if below := file.PositionFor(d.group.End(), false).Line + 1; below <= file.LineCount() {
			line = file.Position(file.LineStart(below)).Line
		}
	}
	r.set.Ignores = append(r.set.Ignores, &Ignore{Kind: kind, Reason: reason, Pos: at, File: at.Filename, Line: line})
}

// codeLines returns the lines of f, as they stand in the file, on which some
// syntax begins or ends. A // comment on such a line comes after the code.
func codeLines(fset *token.FileSet, f *ast.File) map[int]bool {
	lines := make(map[int]bool)
	file := fset.File(f.FileStart)
	line := func(p token.Pos) {
		if p.IsValid() {
			lines[file.PositionFor(p, false).Line] = true
		}
	}
	line(f.Package)
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case nil:
			return false
		case *ast.Comment, *ast.CommentGroup:
			return false
		case *ast.File:
			return true
		case *ast.BlockStmt:
			line(n.Lbrace)
			line(n.Rbrace)
		default:
			line(n.Pos())
			line(n.End() - 1)
		}
		return true
	})
	return lines
}
