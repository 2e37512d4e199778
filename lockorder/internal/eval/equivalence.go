package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// equivalences are the modules on which the two ways of use are compared, in
// folders of LOCKORDER_TREES.
var equivalences = []struct {
	name string
	dir  []string
}{
	{"nats", []string{"nats"}},
	{"etcd", []string{"etcd", "server"}},
}

// equivalence compares the whole program with go vet, by the ids of findings,
// both without tests. It accepts when every finding that only one of the two
// has is one that the other cannot have, for a reason read off its proof.
func equivalence(ctx context.Context, b *bench) (bool, error) {
	t := newTable("module", "finding", "kind", "locks", "whole program", "go vet", "why")
	same, other, open := 0, 0, 0
	for _, e := range equivalences {
		if !b.wants(e.name) {
			continue
		}
		dir, err := b.tree(e.dir...)
		if err != nil {
			return false, err
		}
		whole, err := b.measure(ctx, e.name, call{dir: dir, args: []string{"-confidence=low", "-graph", "./..."}})
		if err != nil {
			return false, err
		}
		vet, err := b.vet(ctx, dir)
		if err != nil {
			return false, err
		}
		fmt.Fprintf(b.log, "%s: go vet: %d findings, those of low confidence among them\n", e.name, len(vet))
		view, err := b.imports(ctx, dir)
		if err != nil {
			return false, err
		}
		for _, d := range differences(whole.report, vet, view) {
			has := [2]string{"yes", "no"}
			if d.vetOnly {
				has = [2]string{"no", "yes"}
			}
			why := d.why
			switch {
			case d.same:
				has, same = [2]string{"yes", "yes"}, same+1
			case why == "":
				why, open = "**not explained**", open+1
			default:
				other++
			}
			t.add(e.name, d.id, d.kind, d.locks, has[0], has[1], why)
		}
	}
	fmt.Fprintf(b.out, "## The whole program and go vet\n\n")
	t.print(b.out)
	acceptance(b.out, "equivalence", open == 0, fmt.Sprintf("%d the same, %d explained, %d not", same, other, open))
	return open == 0, nil
}

// A difference is a finding that one of the ways has, or both.
type difference struct {
	id, kind, locks string
	same            bool
	vetOnly         bool
	why             string // "": nothing explains it
}

// differences lists the findings of the whole program and then those that only
// go vet has, and says of each why only one of them has it. Those of low
// confidence are no findings, but tell why the other has one.
func differences(whole *lockorder.Report, vet []vetFinding, view *imports) []difference {
	var out []difference
	known := make(map[string]bool)
	low := make(map[string]bool)
	for i := range whole.Findings {
		f := &whole.Findings[i]
		if f.Confidence == lockorder.Low {
			low[f.ID] = true
			continue
		}
		known[f.ID] = true
		d := difference{id: f.ID, kind: string(f.Kind), locks: shortLocks(f)}
		if slices.ContainsFunc(vet, func(v vetFinding) bool { return v.id == f.ID && !v.low }) {
			d.same = true
		} else {
			d.why = unseen(f, vet, view)
		}
		out = append(out, d)
	}
	edges := make(map[[2]string]bool)
	if whole.Graph != nil {
		for _, e := range whole.Graph.Edges {
			edges[[2]string{shortLock(e.Held), shortLock(e.Acquired)}] = true
		}
	}
	for _, v := range vet {
		if known[v.id] || v.low {
			continue
		}
		known[v.id] = true
		d := difference{id: v.id, kind: v.kind, locks: v.sites(), vetOnly: true}
		if v.kind == string(lockorder.Cycle) && v.within(edges) {
			d.why = "the whole program has these edges, and knows of one goroutine that alone runs them, of a lock held over all, or that the locks are never in one object"
		}
		for i := range whole.Findings {
			if f := &whole.Findings[i]; f.Confidence != lockorder.Low && string(f.Kind) == v.kind && v.names(f) {
				d.why = "the locks of " + f.ID + ", by another chain"
			}
		}
		if low[v.id] {
			d.why = "of low confidence in the whole program, which sees more that a call may reach"
		}
		out = append(out, d)
	}
	return out
}

// unseen says why go vet has no finding of that id, as far as its proof tells.
func unseen(f *lockorder.Finding, vet []vetFinding, view *imports) string {
	unsure := ""
	for _, v := range vet {
		if v.kind != string(f.Kind) || !v.names(f) {
			continue
		}
		if !v.low {
			return "told as " + v.id + ", by another chain"
		}
		unsure = v.id
	}
	for _, l := range f.Locks {
		if strings.Contains(l, "[") && !strings.Contains(l, "[*]") {
			return "facts have one class for all instances of a generic type: " + shortLock(l[:strings.IndexByte(l, '[')])
		}
	}
	pkgs := view.packages(f)
	if view.first(pkgs) == "" {
		for i, p := range pkgs {
			pkgs[i] = shortLock(p)
		}
		return "no package sees all of " + strings.Join(pkgs, ", ")
	}
	if unsure != "" {
		return "of low confidence under go vet (" + unsure + "), which knows less of what a call reaches"
	}
	return ""
}

// packages are those of the functions in a proof, sorted.
func (v *imports) packages(f *lockorder.Finding) []string {
	seen := make(map[string]bool)
	for i := range f.Edges {
		e := &f.Edges[i]
		seen[v.packageOf(e.Function)] = true
		for _, fr := range slices.Concat(e.HeldPath, e.Path) {
			seen[v.packageOf(fr.Func)] = true
		}
	}
	return sortedKeys(seen)
}

// packageOf is the import path in a function's name: "a/b" of "a/b.(*T).m".
func (v *imports) packageOf(name string) string {
	if i := strings.IndexAny(name, "[("); i >= 0 {
		name = name[:i] // type arguments and receivers may have paths too
	}
	end := strings.LastIndexByte(name, '/') + 1
	for {
		dot := strings.IndexByte(name[end:], '.')
		if dot < 0 {
			return name
		}
		if end += dot; v.of[name[:end]] != nil { // a path may have dots itself
			return name[:end]
		}
		end++
	}
}
