package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// roomy reports whether a send is one of the first into the buffer of a channel
// that was made here, by itself or in a new object, and that nobody else knows
// yet.
func (a *analysis) roomy(ch ssa.Value, send ssa.Instruction) bool {
	p := a.path(ch)
	if mk := a.justMade(ch, p, send); mk != nil {
		return a.sendsBefore(ch, p, send, mk) <= BufferSize(mk)
	}
	if mk, ok := ch.(*ssa.MakeChan); ok {
		return !a.sharedBefore(mk, send) && a.sendsBefore(ch, p, send, mk) <= BufferSize(mk)
	}
	if p.Kind != lock.Field || p.Base.Kind != lock.Local || !a.fresh(p, send) {
		return false
	}
	obj := a.newObject(p)
	made, ok := obj.(ssa.Instruction)
	return ok && a.path(obj) == p.Base && a.sendsBefore(ch, p, send, made) <= a.bufferIn(obj, p.Obj.(*types.Var).Origin(), 0)
}

// justMade returns what makes a channel, in the block that sends to it, if that
// calls nobody in between: nobody else can know the channel yet, wherever it was
// put.
func (a *analysis) justMade(ch ssa.Value, p *lock.Path, send ssa.Instruction) *ssa.MakeChan {
	block := send.Block().Instrs
	for i := slices.Index(block, send) - 1; i >= 0; i-- {
		switch x := block[i].(type) {
		case ssa.CallInstruction, *ssa.Select:
			return nil
		case *ssa.Store:
			if mk, ok := x.Val.(*ssa.MakeChan); ok && p.Exact() && a.path(x.Addr) == p {
				return mk
			}
		case *ssa.MakeChan:
			if x == ch {
				return x
			}
		}
	}
	return nil
}

// sharedBefore reports whether another goroutine may send to a channel made here
// before this one does. To one who may only receive it can be given.
func (a *analysis) sharedBefore(mk *ssa.MakeChan, send ssa.Instruction) bool {
	shared := func(v ssa.Value) bool { return a.sharesBefore(mk, v, send) }
	if shared(mk) {
		return true
	}
	for _, r := range *mk.Referrers() {
		if c, ok := r.(*ssa.ChangeType); ok && c.Type().Underlying().(*types.Chan).Dir() != types.RecvOnly && shared(c) {
			return true
		}
	}
	return false
}

// sharesBefore is sharedBefore for what is done with one of the channel's views.
func (a *analysis) sharesBefore(mk *ssa.MakeChan, v ssa.Value, send ssa.Instruction) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.UnOp, *ssa.BinOp, *ssa.DebugRef, *ssa.Return, *ssa.ChangeType:
			continue
		case *ssa.Send:
			if r.Chan == v && r.X != v {
				continue
			}
		case *ssa.Call:
			if _, ok := r.Call.Value.(*ssa.Builtin); ok {
				continue
			}
		case *ssa.Store:
			if f, ok := r.Addr.(*ssa.FieldAddr); ok && r.Val == v {
				if obj, ok := f.X.(*ssa.Alloc); ok && !a.knownBefore(obj, send) {
					continue
				}
			}
		}
		if a.before(r, send, mk) {
			return true
		}
	}
	return false
}

// knownBefore reports whether an object made here is known to others before an
// instruction.
func (a *analysis) knownBefore(obj *ssa.Alloc, at ssa.Instruction) bool {
	for _, e := range a.escapesOnce(obj) {
		if a.before(e, at, obj) {
			return true
		}
	}
	return false
}

// bufferIn is the size of the buffer of the one channel that is put into a field
// of an object where that is made, here or by a function called here, and that
// nobody has sent to there; 0 if that is not known.
func (a *analysis) bufferIn(obj ssa.Value, field *types.Var, depth int) int64 {
	if call, i := CallOf(obj); call != nil && depth < maxMakers {
		f := call.Call.StaticCallee()
		if f == nil || sendsTo(f, field) {
			return 0
		}
		least := int64(0)
		for _, b := range f.Blocks {
			ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
			if !ok {
				continue
			}
			if c, isConst := ret.Results[i].(*ssa.Const); isConst && c.IsNil() {
				continue
			}
			size := a.bufferIn(ret.Results[i], field, depth+1)
			if size == 0 {
				return 0
			}
			if least == 0 || size < least {
				least = size
			}
		}
		return least
	}
	made, ok := obj.(*ssa.Alloc)
	if !ok {
		return 0
	}
	size := int64(0)
	for _, r := range *made.Referrers() {
		fa, ok := r.(*ssa.FieldAddr)
		if !ok || structField(fa.X.Type(), fa.Field) != field {
			continue
		}
		for _, r := range *fa.Referrers() {
			st, ok := r.(*ssa.Store)
			if !ok {
				continue
			}
			mk, ok := st.Val.(*ssa.MakeChan)
			if !ok || size != 0 {
				return 0
			}
			size = BufferSize(mk)
		}
	}
	return size
}

// maxMakers bounds the constructors that call each other.
const maxMakers = 3

// BufferSize is how many values a channel has room for, 0 if that is not known.
func BufferSize(mk *ssa.MakeChan) int64 {
	if n, ok := mk.Size.(*ssa.Const); ok && n.Value != nil {
		return n.Int64()
	}
	return 0
}

// sendsTo reports whether a function sends to a channel in the field, of
// whatever object, or to one that it has made.
func sendsTo(f *ssa.Function, field *types.Var) bool {
	to := func(ch ssa.Value) bool {
		if load, ok := ch.(*ssa.UnOp); ok {
			fa, ok := load.X.(*ssa.FieldAddr)
			return ok && structField(fa.X.Type(), fa.Field) == field
		}
		_, made := ch.(*ssa.MakeChan)
		return made
	}
	for _, b := range f.Blocks {
		for _, in := range b.Instrs {
			if slices.ContainsFunc(SentTo(in), to) {
				return true
			}
		}
	}
	return false
}

// SentTo returns the channels to one of which an instruction sends.
func SentTo(in ssa.Instruction) []ssa.Value {
	switch in := in.(type) {
	case *ssa.Send:
		return []ssa.Value{in.Chan}
	case *ssa.Select:
		var to []ssa.Value
		for _, c := range in.States {
			if c.Dir == types.SendOnly {
				to = append(to, c.Chan)
			}
		}
		return to
	}
	return nil
}

// sendsBefore counts the sends to a channel that may come before one, and that:
// as more than there can be room for if one of them is made again and again.
func (a *analysis) sendsBefore(ch ssa.Value, p *lock.Path, send, made ssa.Instruction) int64 {
	n := int64(0)
	for _, b := range a.fn.Blocks {
		for _, in := range b.Instrs {
			to := func(v ssa.Value) bool { return v == ch || a.path(v) == p }
			if !slices.ContainsFunc(SentTo(in), to) || in != send && !dominates(in, send) && !a.reaches(b, send.Block()) {
				continue
			}
			if a.reaches(b, b) && a.reachesWithout(b, b, made.Block()) {
				return 1 << 62
			}
			n++
		}
	}
	return n
}
