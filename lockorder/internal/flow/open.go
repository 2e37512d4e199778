package flow

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// An Open is a call that somebody outside of the view may resolve: of a
// function that is a parameter or in a field, of a method of an interface.
type Open struct {
	Instr  ssa.Instruction
	Path   *lock.Path // of the function called, or of the interface; nil if a fact tells its slot
	Slot   string     // where that stays, as package link names it
	Method string     // of the interface, as MethodID writes it; or ""
	Args   []Value    // with the receiver first
	Held   []Held
	Holes  []Hole
	Via    string
	// Home: the interface, or the field of the function, is declared in the
	// package that calls it: it is there to be called by it.
	Home bool
	// Exposed: importers can put something there.
	Exposed bool
}

// A Far is an instruction of a function whose body is not in view: a place
// that a fact tells of.
type Far struct {
	ssa.Instruction // nil: what it does is in the function's Record

	Fn           *ssa.Function
	File         string
	Line, Column int
	Order        int // of two in one function, the less may come first

	In        *ssa.BasicBlock // where the fact tells the flow of control; else nil
	Deferred  bool            // it runs when the function returns
	Choice    bool            // a case of a select that has several
	Cancelled bool            // of these, one is that a context is cancelled
}

// Parent returns the function around f.
func (f *Far) Parent() *ssa.Function { return f.Fn }

// Pos returns no position: those of a fact mean nothing to the file set.
func (f *Far) Pos() token.Pos { return token.NoPos }

// Block returns the block around f, of which only Index, Instrs, Preds and Succs
// mean something, or nil.
func (f *Far) Block() *ssa.BasicBlock { return f.In }

func (f *Far) String() string { return fmt.Sprintf("%s:%d", f.File, f.Line) }

// MethodID names a method so that an interface's and its implementation's are
// alike: unexported names are apart by package.
func MethodID(m *types.Func) string { return m.Id() }

// open records a call that is not, or not only, resolved in view. What a
// context binds is not open there.
func (a *analysis) open(s state, site ssa.CallInstruction) {
	c := site.Common()
	if !a.host.Opens() || c.StaticCallee() != nil {
		return
	}
	v := a.eval(c.Value)
	if v.Fn != nil || v.Nil || v.Dyn != nil {
		return
	}
	o := Open{Instr: site, Path: v.Path, Args: a.args(c), Held: s.held, Holes: s.notHeld(), Via: "func"}
	if c.IsInvoke() {
		o.Method, o.Via = MethodID(c.Method), "interface"
		o.Home = c.Method.Pkg() != nil && a.fn.Pkg != nil && c.Method.Pkg() == a.fn.Pkg.Pkg
	} else if f := v.Path; f != nil && f.Kind == lock.Field {
		o.Home = a.fn.Pkg != nil && f.Obj.Pkg() == a.fn.Pkg.Pkg
	} else {
		o.Home = f != nil && f.Kind == lock.Param
	}
	a.addOpen(s, o)
}

// openValue records the same of a function that a model calls.
func (a *analysis) openValue(s state, site ssa.CallInstruction, f Value, args []Value) {
	if a.host.Opens() && !f.Nil {
		a.addOpen(s, Open{Instr: site, Path: f.Path, Args: args, Held: s.held, Holes: s.notHeld(), Via: "model"})
	}
}

func (a *analysis) addOpen(s state, o Open) {
	if o.Path == nil {
		return
	}
	k := recordKey{instr: o.Instr, path: o.Path, state: "open " + heldKey(s)}
	if a.recorded[k] {
		return
	}
	a.recorded[k] = true
	a.rec.Opens = append(a.rec.Opens, o)
}
