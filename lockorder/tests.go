package lockorder

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/link"
)

// What tests do says less of the program than what it does itself.

// meetsTest reports whether a test and the program must come upon one instance
// of which there may be many: where a test takes a lock of the program itself,
// and the program one against it, or where the program comes to what a test puts
// in its place.
func (b *builder) meetsTest(ws []*link.Witness) (assumption, bool) {
	program := slices.IndexFunc(ws, func(w *link.Witness) bool { return !b.inTest(w.Node.Fn) })
	for _, w := range ws {
		if b.one(w) {
			continue
		}
		if program >= 0 && b.inTest(w.Node.Fn) && !b.testsOwn(b.linked.ClassOf(w.Held.Path)) {
			return assumption{Low, fmt.Sprintf("%s must run %s beside it, on the same %s", shortFunc(funcName(w.Node.Fn)), shortFunc(funcName(ws[program].Node.Fn)), shortLock(b.linked.HeldName(w)))}, true
		}
		if double := b.comesToTest(w); double != nil && len(ws) > 1 && !b.ofTest(w, ws) {
			return assumption{Low, fmt.Sprintf("%s is a test's, and must be where the same %s is held", shortFunc(funcName(double)), shortLock(b.linked.HeldName(w)))}, true
		}
	}
	return assumption{}, false
}

// ofTest reports whether what a witness takes is a test's lock, which a test takes
// in the other order too.
func (b *builder) ofTest(w *link.Witness, ws []*link.Witness) bool {
	return b.testsOwn(w.Class) && slices.ContainsFunc(ws, func(v *link.Witness) bool { return b.inTest(v.Node.Fn) && !v.Held.Mode.Signals() })
}

// comesToTest returns the function of a test that a chain comes to, whose
// beginning is the program's; or nil.
func (b *builder) comesToTest(w *link.Witness) *ssa.Function {
	if b.inTest(w.Node.Fn) {
		return nil
	}
	for _, s := range b.linked.Chain(w) {
		if s.To != nil && b.inTest(s.To) {
			return s.To
		}
	}
	return nil
}

// testsOwn reports whether only tests take the locks of a class.
func (b *builder) testsOwn(class string) bool {
	c := b.linked.Classes[class]
	return c != nil && len(c.Sites) > 0 && !slices.ContainsFunc(c.Sites, func(s *flow.Site) bool { return !b.inTest(s.Fn) })
}

// testsOnly reports whether only test files make the edge of a witness.
func (b *builder) testsOnly(w *link.Witness) bool {
	e := b.linked.Edges[link.EdgeKey{Held: b.linked.ClassOf(w.Held.Path), Acquired: w.Class}]
	if e == nil || b.linked.ClassOf(w.Held.Path) == w.Class {
		return b.inTest(w.Node.Fn)
	}
	return !slices.ContainsFunc(e.Witnesses, func(v *link.Witness) bool { return !b.inTest(v.Node.Fn) })
}

func (b *builder) inTest(fn *ssa.Function) bool {
	return fn.Pos() != token.NoPos && strings.HasSuffix(b.position(fn.Pos()).Filename, "_test.go")
}

// A test is one that testing runs; it is parallel if it, or one in it, calls
// Parallel.
type test struct{ parallel bool }

// neverTogether reports whether two witnesses are of two tests that do not run at
// one time: one that is not parallel runs alone.
func (b *builder) neverTogether(w, v *link.Witness) bool {
	s, t := b.testOf(w.Node.Fn), b.testOf(v.Node.Fn)
	return s != nil && t != nil && s != t && !(s.parallel && t.parallel)
}

// testOf returns the test, benchmark, fuzz test or example that a function is, or
// that it is a part of; or nil.
func (b *builder) testOf(fn *ssa.Function) *test {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	t, asked := b.tests[fn]
	if !asked {
		if b.isTest(fn) {
			t = &test{parallel(fn)}
		}
		if b.tests == nil {
			b.tests = make(map[*ssa.Function]*test)
		}
		b.tests[fn] = t
	}
	return t
}

func (b *builder) isTest(fn *ssa.Function) bool {
	if fn.Signature.Recv() != nil || fn.Name() == "TestMain" || !b.inTest(fn) {
		return false
	}
	return slices.ContainsFunc([]string{"Test", "Benchmark", "Fuzz", "Example"}, func(prefix string) bool {
		rest, ok := strings.CutPrefix(fn.Name(), prefix)
		return ok && (rest == "" || !unicode.IsLower([]rune(rest)[0]))
	})
}

// parallel reports whether a function, or one in it, calls Parallel.
func parallel(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if call, ok := in.(ssa.CallInstruction); ok {
				if f := call.Common().StaticCallee(); f != nil && f.Name() == "Parallel" && f.Signature.Recv() != nil {
					return true
				}
			}
		}
	}
	return slices.ContainsFunc(fn.AnonFuncs, parallel)
}
