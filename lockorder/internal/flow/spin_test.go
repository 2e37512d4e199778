package flow

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

// spinTests say, at the end of a line, what the operations on it do to a
// lock: "take" (in a loop that waits for it), "try", "wait" and "release".
var spinTests = []struct{ name, src string }{
	{"test and test and set", `
type T struct{ w atomic.Int32 }
func (t *T) Lock() {
	for {
		for t.w.Load() != 0 {
			runtime.Gosched()
		}
		if t.w.CompareAndSwap(0, 1) { // take
			return
		}
	}
}
func (t *T) Unlock() {
	t.w.Store(0) // release
}`},
	{"a word with methods", `
type L uint32
func (l *L) TryLock() bool {
	return atomic.CompareAndSwapUint32((*uint32)(l), 0, 1) // try
}
func (l *L) Lock() {
	for !l.TryLock() { // wait
		runtime.Gosched()
	}
}
func (l *L) Unlock() {
	atomic.StoreUint32((*uint32)(l), 0) // release
}`},
	{"a flag beside other bits", `
type T struct{ w atomic.Uint32 }
func (t *T) lock() {
	for {
		old := t.w.Load()
		if old&1 == 0 && t.w.CompareAndSwap(old, old|1) { // take
			return
		}
	}
}
func (t *T) unlock() {
	t.w.And(^uint32(1)) // release
}
func (t *T) count() {
	for {
		old := t.w.Load()
		if t.w.CompareAndSwap(old, old+2) {
			return
		}
	}
}`},
	{"an owner", `
type T struct{ owner int64 }
func (t *T) lock(id int64) {
	for !atomic.CompareAndSwapInt64(&t.owner, 0, id) { // take
		runtime.Gosched()
	}
}
func (t *T) unlock() {
	atomic.StoreInt64(&t.owner, 0) // release
}`},
	{"a plain store, a deferred store, an array", `
type T struct{ w [4]uint32 }
func (t *T) f(i int) {
	for !atomic.CompareAndSwapUint32(&t.w[i], 0, 1) { // take
	}
	defer atomic.StoreUint32(&t.w[i], 0) // release
	t.w[i] = 0 // release
}`},
	{"a closure's variable", `
func f() {
	var w int32
	lock := func() {
		for !atomic.CompareAndSwapInt32(&w, 0, 1) { // take
			time.Sleep(1)
		}
	}
	lock()
	atomic.StoreInt32(&w, 0) // release
}`},
	{"a word passed to functions", `
type T struct{ a, b uint32 }
func lock(w *uint32) {
	for !atomic.CompareAndSwapUint32(w, 0, 1) { // take
		runtime.Gosched()
	}
}
func unlock(w *uint32) {
	atomic.StoreUint32(w, 0) // release
}
func (t *T) f() {
	lock(&t.a)
	unlock(&t.a)
	atomic.StoreUint32(&t.a, 0) // release
	atomic.StoreUint32(&t.b, 0)
}`},
	{"a wait through a function", `
type T struct{ s uint32 }
func status(t *T) uint32 {
	return atomic.LoadUint32(&t.s)
}
func (t *T) run() {
	if !atomic.CompareAndSwapUint32(&t.s, 0, 1) { // try
		return
	}
	atomic.StoreUint32(&t.s, 0) // release
}
func (t *T) quiesce() {
	for status(t) == 1 { // wait
		runtime.Gosched()
	}
}
func (t *T) started() {
	for status(t) == 0 {
		runtime.Gosched()
	}
}`},
	{"a status behind a scan bit", `
const scan = 0x1000
type T struct{ s uint32 }
func (t *T) change(from, to uint32) {
	for !atomic.CompareAndSwapUint32(&t.s, from, to) { // wait
		func() {
			if from == to {
				panic("the same")
			}
		}()
		runtime.Gosched()
	}
}
func (t *T) begin(from, to uint32) bool {
	if to == from|scan {
		return atomic.CompareAndSwapUint32(&t.s, from, to) // try
	}
	return false
}
func (t *T) end(from, to uint32) {
	if to != from&^scan || !atomic.CompareAndSwapUint32(&t.s, from, to) { // release
		panic("not scanned")
	}
}`},
	{"tries and timeouts do not wait", `
type T struct{ w uint32 }
func (t *T) lock() bool {
	for i := 0; i < 100; i++ {
		if atomic.CompareAndSwapUint32(&t.w, 0, 1) {
			return true
		}
	}
	return false
}
func (t *T) unlock() {
	atomic.StoreUint32(&t.w, 0)
}`},
	{"work while a status lasts", `
type T struct{ running atomic.Bool; n int }
func (t *T) step() { t.n++ }
func (t *T) Run() {
	if !t.running.CompareAndSwap(false, true) {
		return
	}
	defer t.running.Store(false)
	for t.running.Load() {
		t.step()
	}
}
func (t *T) Stop() { t.running.Store(false) }`},
	{"a signal that is consumed", `
type T struct{ ready atomic.Bool }
func (t *T) consume() {
	for !t.ready.CompareAndSwap(true, false) {
		runtime.Gosched()
	}
}
func (t *T) produce() { t.ready.Store(true) }`},
	{"two sides that wait for each other", `
type T struct{ full atomic.Bool }
func (t *T) put() {
	for !t.full.CompareAndSwap(false, true) {
		runtime.Gosched()
	}
}
func (t *T) get() {
	for !t.full.CompareAndSwap(true, false) {
		runtime.Gosched()
	}
}`},
	{"a status that is never set back", `
type T struct{ done uint32 }
func (t *T) once() {
	for !atomic.CompareAndSwapUint32(&t.done, 0, 1) {
		runtime.Gosched()
	}
}`},
	{"a loop that retries with what it has loaded", `
type T struct{ w atomic.Int64; p atomic.Pointer[T]; s atomic.Uint32 }
func (t *T) f(n *T) {
	for {
		old := t.w.Load()
		if t.w.CompareAndSwap(old, old+1) {
			break
		}
		runtime.Gosched()
	}
	for {
		if old := t.p.Load(); t.p.CompareAndSwap(old, n) {
			break
		}
	}
	for {
		if old := t.s.Load(); t.s.CompareAndSwap(old, old|4) {
			break
		}
	}
	t.w.Store(0)
	t.s.Store(0)
	t.p.Store(nil)
}`},
}

func TestSpins(t *testing.T) {
	for _, tt := range spinTests {
		t.Run(tt.name, func(t *testing.T) {
			src := "package p\nimport (\"runtime\"; \"sync/atomic\"; \"time\")\nvar _, _, _ = runtime.Gosched, time.Sleep, atomic.AddInt32\n" + tt.src
			got := spinLines(t, src)
			var want []string
			for i, line := range strings.Split(src, "\n") {
				if _, what, ok := strings.Cut(line, " // "); ok {
					want = append(want, fmt.Sprintf("%d: %s", i+1, what))
				}
			}
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q in\n%s", got, want, src)
			}
		})
	}
}

// spinLines returns what the spin operations of a package do, by line.
func spinLines(t *testing.T, src string) []string {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, _, err := ssautil.BuildPackage(&types.Config{Importer: importer.Default()}, fset, types.NewPackage("p", ""), []*ast.File{f}, ssa.InstantiateGenerics)
	if err != nil {
		t.Fatal(err)
	}
	var fns []*ssa.Function
	for f := range ssautil.AllFunctions(pkg.Prog) {
		if f.Blocks != nil {
			fns = append(fns, f)
		}
	}
	slices.SortFunc(fns, func(f, g *ssa.Function) int { return strings.Compare(f.String(), g.String()) })
	scan := NewSpinScan(func(*ssa.Function) bool { return false }, func(*ssa.Function) []bool { return nil })
	for _, f := range fns {
		for _, b := range f.Blocks {
			for _, in := range b.Instrs {
				if call, ok := in.(ssa.CallInstruction); ok {
					scan.Call(call)
				}
			}
		}
	}
	lines := make(map[string]bool)
	for _, s := range scan.Spins(fns) {
		for in, op := range s.ops {
			line := fset.Position(in.Pos()).Line
			for what, is := range map[string]bool{"take": op.acquires && op.blocks, "try": op.acquires && !op.blocks, "wait": op.waits, "release": op.releases} {
				if is {
					lines[fmt.Sprintf("%d: %s", line, what)] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(lines))
}
