package config

import (
	"fmt"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// A reader checks a decoded document and turns it into a File.
type reader struct {
	name          string
	lines         map[string]int
	kinds, levels []string
	file          File
	errs          []error
}

// linesOf finds the line of every key, which a decoder does not keep. The n'th
// table of an array counts from 0: ignore.0.kind.
func linesOf(text string) map[string]int {
	lines := make(map[string]int)
	counts := make(map[string]int)
	var p unstable.Parser
	p.Reset([]byte(text))
	table := ""
	for p.NextExpression() {
		e := p.Expression()
		var parts []string
		line := 0
		for it := e.Key(); it.Next(); {
			parts = append(parts, string(it.Node().Data))
			line = p.Shape(it.Node().Raw).Start.Line
		}
		key := join(parts...)
		switch e.Kind {
		case unstable.Table:
			table = key
		case unstable.ArrayTable:
			table = join(key, strconv.Itoa(counts[key]))
			counts[key]++
			key = table
		case unstable.KeyValue:
			key = join(table, key)
		}
		lines[key] = line
	}
	return lines
}

// join makes the key of lines; no name in a file has the separator in it.
func join(parts ...string) string {
	parts = slices.DeleteFunc(slices.Clone(parts), func(s string) bool { return s == "" })
	return strings.Join(parts, "\x00")
}

// pos is where the key stands, or if it is not there, the table around it.
func (r *reader) pos(parts ...string) token.Position {
	for n := len(parts); n > 0; n-- {
		if line := r.lines[join(parts[:n]...)]; line > 0 {
			return token.Position{Filename: r.name, Line: line, Column: 1, Offset: line}
		}
	}
	return token.Position{Filename: r.name, Line: 1, Column: 1}
}

func (r *reader) errorf(p token.Position, format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("%s:%d: %s", p.Filename, p.Line, fmt.Sprintf(format, args...)))
}

// scope reads what to analyse and what to report.
func (r *reader) scope(doc *document) {
	r.file.Roots, r.file.Kinds, r.file.Confidence = doc.Roots, doc.Kinds, doc.Confidence
	if doc.Roots != nil && len(doc.Roots) == 0 {
		r.errorf(r.pos("roots"), "roots: the list is empty; without the key it is ./...")
	}
	for _, key := range []struct {
		name string
		list []string
	}{{"roots", doc.Roots}, {"exclude", doc.Exclude}} {
		if slices.Contains(key.list, "") {
			r.errorf(r.pos(key.name), "%s: a pattern is empty", key.name)
		}
	}
	for _, text := range doc.Exclude {
		r.file.Exclude = append(r.file.Exclude, Pattern{text, r.pos("exclude")})
	}
	if doc.Kinds != nil && len(doc.Kinds) == 0 {
		r.errorf(r.pos("kinds"), "kinds: the list is empty; the kinds are %s", strings.Join(r.kinds, ", "))
	}
	for _, k := range doc.Kinds {
		if !slices.Contains(r.kinds, k) {
			r.errorf(r.pos("kinds"), "kinds: unknown kind %q; the kinds are %s", k, strings.Join(r.kinds, ", "))
		}
	}
	if doc.Confidence != "" && !slices.Contains(r.levels, doc.Confidence) {
		r.errorf(r.pos("confidence"), "confidence: unknown level %q; the levels are %s", doc.Confidence, strings.Join(r.levels, ", "))
	}
}

func (r *reader) ignores(list []ignore) {
	for i, ig := range list {
		at := func(key string) token.Position { return r.pos("ignore", strconv.Itoa(i), key) }
		switch {
		case ig.Kind != "" && !slices.Contains(r.kinds, ig.Kind):
			r.errorf(at("kind"), "ignore: unknown kind %q; the kinds are %s; leave the key out for all", ig.Kind, strings.Join(r.kinds, ", "))
		case ig.ID == "" && len(ig.Locks) == 0 && ig.Func == "":
			r.errorf(at(""), "ignore: it would ignore everything; give it an id, locks or a func")
		case slices.Contains(ig.Locks, ""):
			r.errorf(at("locks"), "ignore: a lock has no name")
		case strings.TrimSpace(ig.Reason) == "":
			r.errorf(at("reason"), "ignore: it needs a reason")
		default:
			r.file.Ignores = append(r.file.Ignores, &Ignore{
				Kind: ig.Kind, ID: ig.ID, Locks: ig.Locks, Func: ig.Func, Reason: ig.Reason, Pos: at(""),
			})
		}
	}
}

func (r *reader) orders(list []order) {
	for i, o := range list {
		p := r.pos("order", strconv.Itoa(i), "locks")
		if len(o.Locks) < 2 || slices.Contains(o.Locks, "") {
			r.errorf(p, "order: want two locks or more, outermost first, as in locks = [\"A\", \"B\"]")
			continue
		}
		r.file.Orders = append(r.file.Orders, Order{o.Locks, p})
	}
}

func (r *reader) models(packages map[string]map[string]string) {
	for _, pkg := range slices.Sorted(maps.Keys(packages)) {
		for _, fn := range slices.Sorted(maps.Keys(packages[pkg])) {
			p := r.pos("model", pkg, fn)
			m, err := model.Parse(pkg, fn, packages[pkg][fn])
			if err != nil {
				r.errorf(p, "model: %v", err)
				continue
			}
			m.Where = fmt.Sprintf("%s:%d", p.Filename, p.Line)
			r.file.Rows = append(r.file.Rows, Row{pkg, fn, m, p})
		}
	}
}

func (r *reader) assume(list []model.Assumption) {
	for i, a := range list {
		p := r.pos("assume", strconv.Itoa(i))
		if a.ID == "" || strings.TrimSpace(a.Reason) == "" {
			r.errorf(p, "assume: it needs an id and a reason")
			continue
		}
		a.Where = fmt.Sprintf("%s:%d", p.Filename, p.Line)
		r.file.Assume = append(r.file.Assume, a)
	}
}
