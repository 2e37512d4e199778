package lockorder

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// report makes a diagnostic of a finding.
func (u *unit) report(f *Finding) {
	d := analysis.Diagnostic{Category: string(f.Kind), Message: u.line(f), Pos: u.nearest(f)}
	if u.settings.Proof {
		d.Message += "\n" + strings.Join(u.proof(f), "\n")
	} else {
		for _, e := range f.Edges {
			d.Related = append(d.Related, u.related(&e, d.Pos)...)
		}
	}
	u.pass.Report(d)
}

// line is the finding in a line: what, the sites, the cut, the id, and whether it
// is to be believed the less.
func (u *unit) line(f *Finding) string {
	var b strings.Builder
	msg := f.Message
	for _, name := range f.Locks {
		msg = strings.ReplaceAll(msg, name, shortLock(name))
	}
	b.WriteString(msg)
	for i, e := range f.Edges {
		sep := "; "
		if i == 0 {
			sep = ": "
		}
		fmt.Fprintf(&b, "%s%s held at %s, ", sep, shortLock(e.Held), u.short(e.HeldAt))
		switch {
		case e.Acquired == "":
			fmt.Fprintf(&b, "kept at %s", u.short(e.AcquiredAt))
		case e.AcquiredMode == "wait":
			fmt.Fprintf(&b, "%s waited for at %s", shortLock(e.Acquired), u.short(e.AcquiredAt))
		default:
			fmt.Fprintf(&b, "%s taken at %s", shortLock(e.Acquired), u.short(e.AcquiredAt))
		}
	}
	if len(f.Cut) > 0 {
		c := f.Cut[0]
		fmt.Fprintf(&b, "; cut: the call of %s in %s (%s)", shortFunc(c.Callee), shortFunc(c.Caller), u.short(c.Pos))
	}
	if f.Confidence == Low {
		fmt.Fprintf(&b, " [%s, low confidence]", f.ID)
	} else {
		fmt.Fprintf(&b, " [%s]", f.ID)
	}
	return b.String()
}

func shortLock(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

// short is a place by the last elements of its file's name.
func (u *unit) short(p Pos) string {
	if u.own(p) {
		return fmt.Sprintf("%s:%d", path.Base(p.File), p.Line)
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// proof is the finding's edges in lines.
func (u *unit) proof(f *Finding) []string {
	var out []string
	for i := range f.Edges {
		e := &f.Edges[i]
		out = append(out, fmt.Sprintf("%s %s at %s", e.Function, since(e), u.short(e.HeldAt)))
		for j, fr := range e.Path {
			out = append(out, "\t"+u.step(e, j)+" at "+u.short(fr.Pos))
		}
	}
	return out
}

// since says what the edge's function holds, or owes, before the place.
func since(e *Edge) string {
	if e.HeldMode == "wait" {
		return e.Holding(e.Held) + ", due from"
	}
	return e.Holding(e.Held) + ", taken"
}

// step says what the i'th function of an edge's chain does.
func (u *unit) step(e *Edge, i int) string {
	if i+1 < len(e.Path) {
		return fmt.Sprintf("%s calls %s", shortFunc(e.Path[i].Func), shortFunc(e.Path[i+1].Func))
	}
	return shortFunc(e.Path[i].Func) + " " + e.Taking(e.Held, e.Acquired)
}

// related is an edge as related information. A place in another package's
// file is told as text, at the place before it that is here, or near.
func (u *unit) related(e *Edge, near token.Pos) []analysis.RelatedInformation {
	at := near
	for i := len(e.Path) - 1; i >= 0; i-- {
		if q := u.find(e.Path[i].Pos); q.IsValid() {
			at = q
		}
	}
	var out []analysis.RelatedInformation
	add := func(p Pos, text string) {
		if q := u.find(p); q.IsValid() {
			at = q
		} else {
			text += " at " + u.short(p)
		}
		out = append(out, analysis.RelatedInformation{Pos: at, Message: text})
	}
	add(e.HeldAt, shortFunc(e.Function)+" "+since(e))
	for i, fr := range e.Path {
		add(fr.Pos, u.step(e, i))
	}
	return out
}

// nearest is the finding's own place, or the first of its places that is in
// this package, or the import that brings the locks together.
func (u *unit) nearest(f *Finding) token.Pos {
	for _, p := range positions(f) {
		if at := u.find(p); at.IsValid() {
			return at
		}
	}
	return u.importOf(f)
}

// importOf is where the package imports the later of two packages that are at
// odds.
func (u *unit) importOf(f *Finding) token.Pos {
	for _, p := range positions(f) {
		from := path.Dir(p.File)
		for _, file := range u.pass.Files {
			for _, spec := range file.Imports {
				if strings.Trim(spec.Path.Value, `"`) == from {
					return spec.Pos()
				}
			}
		}
	}
	return u.pass.Files[0].Package
}

// own reports whether a place is in the unit's files.
func (u *unit) own(p Pos) bool { return u.file(p) != nil }

func (u *unit) file(p Pos) *token.File {
	if p.Line <= 0 {
		return nil
	}
	i := slices.IndexFunc(u.pass.Files, func(f *ast.File) bool {
		return filepath.ToSlash(u.pass.Fset.Position(f.Package).Filename) == p.File || filepath.ToSlash(u.pass.Fset.File(f.FileStart).Name()) == p.File
	})
	if i < 0 {
		return nil
	}
	return u.pass.Fset.File(u.pass.Files[i].FileStart)
}

// find maps a place back into the file set, if it is in the unit's files.
func (u *unit) find(p Pos) token.Pos {
	file := u.file(p)
	if file == nil || p.Line > file.LineCount() {
		return token.NoPos
	}
	at := file.LineStart(p.Line)
	if p.Column > 1 && int(at)+p.Column-1 <= file.Base()+file.Size() {
		at += token.Pos(p.Column - 1)
	}
	return at
}

// meets reports whether the unit may tell of locks that only meet in it: not
// of those of the standard library or of other modules alone.
func (u *unit) meets(pkgs []string) bool {
	for _, p := range pkgs {
		if m := u.pass.Module; m != nil && m.Path != "" {
			if p == m.Path || strings.HasPrefix(p, m.Path+"/") {
				return true
			}
			continue
		}
		first, _, _ := strings.Cut(u.pass.Pkg.Path(), "/")
		if other, _, _ := strings.Cut(p, "/"); other == first {
			return true
		}
	}
	return false
}
