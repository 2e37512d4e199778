package report

import (
	"regexp"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// packageName matches an import path of more than one element, wherever it
// stands in a canonical name (type arguments have import paths too): first all
// elements but the last, then the last.
//
// A canonical name does not say where its import path ends, and an element may
// hold dots. Those of a version or of a repository called x.go are taken for
// a part of the path; a lock field called v3 would be read wrongly, which costs
// a longer or shorter name and nothing else.
var packageName = regexp.MustCompile(`((?:[\pL\pN_.~+@-]+/)+)([\pL\pN_~+@-]+(?:\.(?:v[0-9]+|go)\b)?)`)

// leadingName matches the import path that a canonical name begins with.
var leadingName = regexp.MustCompile(`^((?:[\pL\pN_.~+@-]+/)*)([\pL\pN_~+@-]+(?:\.(?:v[0-9]+|go)\b)?)`)

// names shortens import paths to their last element, unless two import paths
// of the same output end in the same one.
type names struct {
	prefixes map[string]map[string]bool // by last element: what stands before it
}

// newNames collects the import paths of the given canonical names.
func newNames(canonical []string) *names {
	n := &names{prefixes: map[string]map[string]bool{}}
	seen := map[string]bool{} // a large graph names each function many times
	for _, name := range canonical {
		if seen[name] {
			continue
		}
		seen[name] = true
		if m := leadingName.FindStringSubmatch(name); m != nil {
			n.add(m[1], m[2])
		}
		for _, m := range packageName.FindAllStringSubmatch(name, -1) {
			n.add(m[1], m[2])
		}
	}
	return n
}

func (n *names) add(prefix, elem string) {
	if n.prefixes[elem] == nil {
		n.prefixes[elem] = map[string]bool{}
	}
	n.prefixes[elem][prefix] = true
}

// short returns a canonical name with each unambiguous import path shortened.
func (n *names) short(name string) string {
	return packageName.ReplaceAllStringFunc(name, func(path string) string {
		elem := packageName.FindStringSubmatch(path)[2]
		if len(n.prefixes[elem]) > 1 {
			return path
		}
		return elem
	})
}

// shorts shortens each name of a list.
func (n *names) shorts(list []string) []string {
	short := make([]string, len(list))
	for i, name := range list {
		short[i] = n.short(name)
	}
	return short
}

// local returns name without its package if that is pkg, and shortened if not.
func (n *names) local(name, pkg string) string {
	if rest, ok := strings.CutPrefix(name, pkg+"."); ok && pkg != "" {
		return rest
	}
	return n.short(name)
}

// prose shortens the given canonical names where they stand in a sentence.
// Nothing else in the sentence is touched: "and/or" looks like a path too.
func (n *names) prose(sentence string, canonical []string) string {
	canonical = slices.Clone(canonical)
	// A name may be a prefix of another: replace the longer one first.
	slices.SortFunc(canonical, func(a, b string) int { return len(b) - len(a) })
	var pairs []string
	for _, name := range canonical {
		if name != "" {
			pairs = append(pairs, name, n.short(name))
		}
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}

// words shortens the words of a sentence that look like canonical names: with
// an import path and a selector after it.
func (n *names) words(sentence string) string {
	list := strings.Split(sentence, " ")
	for i, word := range list {
		if slash := strings.LastIndexByte(word, '/'); slash >= 0 && strings.Contains(word[slash:], ".") {
			list[i] = n.short(word)
		}
	}
	return strings.Join(list, " ")
}

// packageOf returns the import path in front of a canonical name.
func packageOf(name string) string { return leadingName.FindString(name) }

// namesOfReport knows the names that the findings of r can show.
func namesOfReport(r *lockorder.Report) *names {
	var all []string
	for i := range r.Findings {
		all = append(all, namesOfFinding(&r.Findings[i])...)
	}
	return newNames(all)
}

// namesOfFinding lists the canonical names that the text of f can show.
func namesOfFinding(f *lockorder.Finding) []string {
	list := slices.Clone(f.Locks)
	for _, e := range f.Edges {
		list = append(list, namesOfEdge(&e)...)
	}
	for _, c := range f.Cut {
		list = append(list, c.Caller, c.Callee)
	}
	return list
}

func namesOfEdge(e *lockorder.Edge) []string {
	list := []string{e.Held, e.Acquired, e.Function}
	list = append(list, e.Gates...)
	for _, frame := range e.HeldPath {
		list = append(list, frame.Func)
	}
	for _, frame := range e.Path {
		list = append(list, frame.Func)
	}
	for _, o := range e.Others {
		list = append(list, o.Function)
	}
	return list
}

func namesOfGraph(g *lockorder.Graph) []string {
	set := map[string]bool{}
	for _, l := range g.Locks {
		set[l.Name] = true
	}
	for _, e := range g.Edges {
		set[e.Held], set[e.Acquired] = true, true
		for _, w := range e.Witnesses {
			for _, name := range namesOfEdge(&w) {
				set[name] = true
			}
		}
	}
	return sortedKeys(set)
}
