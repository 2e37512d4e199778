package lockorder

import (
	"fmt"
	"go/token"
	"go/types"
	"path"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/link"
)

// An assumption is something that a finding rests on and that the source does
// not show. It allows no more than a confidence.
type assumption struct {
	most Confidence
	text string
}

// settle gives a finding the least confidence that an assumption leaves it, and
// names all that lower it; sure is the reason if none does.
func (f *Finding) settle(sure string, as []assumption) {
	f.Confidence, f.Reason = High, sure
	var texts []string
	for _, a := range as {
		if a.most.Rank() > f.Confidence.Rank() {
			f.Confidence = a.most
		}
		texts = append(texts, a.text)
	}
	if len(texts) > 0 {
		f.Reason = strings.Join(texts, "; ")
	}
}

// assumes lists what witnesses assume, whatever the kind of the finding.
func (b *builder) assumes(ws ...*link.Witness) []assumption {
	var out []assumption
	if n := b.doubts(ws...); n > 0 {
		a := assumption{Medium, b.doubtful(ws)}
		if n > manyDoubts {
			a.most = Low
		}
		out = append(out, a)
	}
	for _, w := range ws {
		if b.testsOnly(w) {
			out = append(out, assumption{Medium, fmt.Sprintf("only tests take %s under %s", shortLock(b.linked.Name(w)), shortLock(b.linked.HeldName(w)))})
			break
		}
	}
	if a, ok := b.meetsTest(ws); ok {
		out = append(out, a)
	}
	return out
}

// manyDoubts are as many as a finding at the default settings may have, of
// calls of few possible targets. One of many is more than that (see doubt).
const manyDoubts = 4

// doubt weighs how much a step of a chain assumes: nothing if it can only go
// where it does, more the more places the call could go to instead. What a
// package that was asked for implements of an interface of its own is meant to
// be called by it, and what it stores to a function field of its own is called,
// on the object that has it: eight of these say less against each than four
// that fit io.Writer. So it is with what is registered, in view, with who calls
// all that are: a collector of its own in a registry of any collectors. That the
// program comes to what a test puts in its place is as much as may be assumed.
func (b *builder) doubt(s link.Step) int {
	switch {
	case s.Of <= 1:
		return 0
	case b.inTest(s.To) && !b.inTest(s.Fn):
		return manyDoubts
	case s.Of <= 3 || s.Of <= 8 && (b.ownInterface(s) || b.ownField(s)) || b.ownRegistered(s):
		return 1
	default:
		return manyDoubts + 1
	}
}

// ownInterface reports whether a step calls a method of an interface that the
// package of the method, one that was asked for, declares.
func (b *builder) ownInterface(s link.Step) bool {
	site, ok := s.Instr.(ssa.CallInstruction)
	if !ok || !site.Common().IsInvoke() || s.To == nil {
		return false
	}
	own := link.PackageOf(s.To)
	return own != nil && site.Common().Method.Pkg() == own && b.initial[own.Path()]
}

// ownField reports whether a step calls the function that a field holds, of a
// struct type that a package declares which was asked for, and the callee's
// package too. A method of an interface in a field is for ownInterface.
func (b *builder) ownField(s link.Step) bool {
	site, ok := s.Instr.(ssa.CallInstruction)
	if !ok || site.Common().IsInvoke() || s.To == nil {
		return false
	}
	if own := link.PackageOf(s.To); own == nil || !b.initial[own.Path()] {
		return false
	}
	load, ok := site.Common().Value.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return false
	}
	field, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	owner, ok := types.Unalias(field.X.Type().Underlying().(*types.Pointer).Elem()).(*types.Named)
	return ok && owner.Obj().Pkg() != nil && b.initial[owner.Obj().Pkg().Path()]
}

// ownRegistered reports whether a step calls what a package that was asked for
// has, as one of the elements of a container into which somebody puts it.
func (b *builder) ownRegistered(s link.Step) bool {
	site, ok := s.Instr.(ssa.CallInstruction)
	if !ok || s.To == nil {
		return false
	}
	own := link.PackageOf(s.To)
	return own != nil && b.initial[own.Path()] && b.program.Registered(site, s.To)
}

// doubts sums up what the chains of witnesses assume.
func (b *builder) doubts(ws ...*link.Witness) int {
	n := 0
	for _, w := range ws {
		for _, s := range b.linked.Chain(w) {
			n += b.doubt(s)
		}
	}
	return n
}

// sure is what even a cycle of high confidence says.
func (b *builder) sure(locks []string) string {
	for _, name := range locks {
		if !b.isOne(name) {
			return "every call on the way is known; the locks of both goroutines must be the same instances"
		}
	}
	return "every call on the way is known, and so are the locks: there is one of each"
}

// doubtful says of the call on the way that assumes most what it assumes.
func (b *builder) doubtful(ws []*link.Witness) string {
	var worst link.Step
	most, others := 0, 0
	for _, w := range ws {
		for _, s := range b.linked.Chain(w) {
			d := b.doubt(s)
			if d > 0 {
				others++
			}
			if d > most {
				worst, most = s, d
			}
		}
	}
	call := "the call at " + b.line(worst.Instr, worst.Fn)
	text := fmt.Sprintf("%s may go to %d functions, and is taken to go to %s", call, worst.Of, shortFunc(funcName(worst.To)))
	if worst.Assumed {
		text = fmt.Sprintf("nothing in view says where %s goes; %s fits", call, shortFunc(funcName(worst.To)))
	}
	switch {
	case others == 2:
		text += "; so it is with another call"
	case others > 2:
		text += fmt.Sprintf("; so it is with %d other calls", others-1)
	}
	return text
}

// line names a place in a sentence.
func (b *builder) line(in ssa.Instruction, fn *ssa.Function) string {
	at := b.pos(in, fn)
	return fmt.Sprintf("%s:%d", path.Base(at.File), at.Line)
}

// workerOnly reports whether two of the witnesses happen in goroutines of one
// kind only, of which somebody outside of the view may start one or several.
func (b *builder) workerOnly(ws []*link.Witness) (assumption, bool) {
	for i, w := range ws {
		for _, v := range ws[:i] {
			start := b.linked.Worker(v, w)
			if start == nil {
				continue
			}
			return assumption{Medium, fmt.Sprintf("only the goroutine started at %s does both; it takes two of these, with locks in common", b.line(start, start.Parent()))}, true
		}
	}
	return assumption{}, false
}

// one reports whether there is one only of each lock of a witness.
func (b *builder) one(w *link.Witness) bool {
	return b.isOne(b.linked.ClassOf(w.Held.Path)) && b.isOne(w.Class)
}

// isOne reports whether all uses of a class are of one and the same lock.
func (b *builder) isOne(class string) bool {
	c := b.linked.Classes[class]
	return c != nil && c.One
}
