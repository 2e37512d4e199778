package link

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// chans tells which channels, or latches that have one, are one, as far as the
// whole program's stores tell: the places (fields, variables, parameters that are
// stored) that one channel may be in are one set (Steensgaard: Points-to Analysis
// in Almost Linear Time, POPL 1996, for channels alone). Who ends the wait for a
// channel is asked of the set: too large a set has more who may end it, and fails
// towards silence.
type chans struct {
	parent  map[any]any // union-find over places
	made    []*ssa.MakeChan
	passed  []passedChan
	stored  map[*ssa.Parameter]bool
	room    map[any]room // by the set's root
	escaped map[any]bool // likewise: somebody outside of the view has it
	params  map[*ssa.Parameter]bool
	moves   map[any][]any         // by place, where else the channels of it go
	given   map[any]bool          // places whose channels somebody outside of the view has to receive from
	brought []*ssa.Parameter      // those of them whose channels are made outside
	told    []*ssa.BinOp          // where a channel is told from another
	loose   map[types.Object]bool // the channels of latches that somebody may close by a method value
}

// room says what is known of the buffers of a set of channels.
type room struct {
	buffered bool // one has a buffer, or may have
	sized    bool // one has a buffer of a size computed for what will be sent
	token    bool // all have room for one
}

type passedChan struct {
	param *ssa.Parameter
	arg   ssa.Value
}

func newChans() *chans {
	return &chans{
		parent: make(map[any]any), stored: make(map[*ssa.Parameter]bool),
		room: make(map[any]room), escaped: make(map[any]bool), params: make(map[*ssa.Parameter]bool),
		loose: make(map[types.Object]bool), moves: make(map[any][]any), given: make(map[any]bool),
	}
}

// isChanType reports whether t is a channel, or a latch.
func isChanType(t types.Type) bool {
	if _, ok := t.Underlying().(*types.Chan); ok {
		return true
	}
	return latchChan(t) != nil
}

// latchChan returns the channel of a latch, or nil.
func latchChan(t types.Type) *types.Var {
	n, ok := types.Unalias(deref(t)).(*types.Named)
	if !ok {
		return nil
	}
	s, ok := n.Underlying().(*types.Struct)
	for i := 0; ok && i < s.NumFields(); i++ {
		if lock.IsLatch(n.Origin().Obj(), s.Field(i)) {
			return s.Field(i).Origin()
		}
	}
	return nil
}

// bound notes the method values of latches, which may be called anywhere.
func (c *chans) bound(in *ssa.MakeClosure) {
	if fn := in.Fn.(*ssa.Function); fn.Synthetic != "" && len(in.Bindings) == 1 {
		if ch := latchChan(in.Bindings[0].Type()); ch != nil {
			c.loose[ch] = true
		}
	}
}

func (c *chans) root(place any) any {
	for {
		up, ok := c.parent[place]
		if !ok || up == place {
			return place
		}
		if next, ok := c.parent[up]; ok && next != up {
			c.parent[place] = next
		}
		place = up
	}
}

// move notes that the channels in a place go to another, too.
func (c *chans) move(to, from any) {
	c.union(to, from)
	if to != nil && from != nil && to != from {
		c.moves[from] = append(c.moves[from], to)
	}
}

func (c *chans) union(x, y any) {
	if x == nil || y == nil {
		return
	}
	if a, b := c.root(x), c.root(y); a != b {
		c.parent[b] = a
	}
}

// placeOf returns where the channel v is kept, or what it is.
func placeOf(v ssa.Value) any {
	switch v := v.(type) {
	case *ssa.MakeChan, *ssa.Phi, *ssa.Parameter:
		return v
	case *ssa.Call, *ssa.Extract:
		if f, _ := resultOf(v); f != nil {
			return v
		}
	case *ssa.ChangeType:
		return placeOf(v.X)
	case *ssa.FieldAddr: // a latch that is a part of something
		return fieldVar(v)
	case *ssa.UnOp:
		return placeAt(v.X)
	case *ssa.Field:
		if s, ok := v.X.Type().Underlying().(*types.Struct); ok {
			return s.Field(v.Field).Origin()
		}
	}
	return nil
}

// resultOf returns the function whose result v is, and which of its results.
func resultOf(v ssa.Value) (f *ssa.Function, i int) {
	if x, ok := v.(*ssa.Extract); ok {
		v, i = x.Tuple, x.Index
	}
	call, ok := v.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil || len(call.Call.StaticCallee().Blocks) == 0 {
		return nil, 0
	}
	return call.Call.StaticCallee(), i
}

// result joins a channel that a call returns with what its function returns.
func (c *chans) result(v ssa.Value) {
	if !isChanType(v.Type()) {
		return
	}
	f, i := resultOf(v)
	if f == nil {
		return
	}
	for _, b := range f.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		place := placeOf(ret.Results[i])
		if p, ok := place.(*ssa.Parameter); ok {
			c.stored[p] = true
		}
		c.move(v, place)
	}
}

// placeAt returns the place at an address.
func placeAt(addr ssa.Value) any {
	switch x := addr.(type) {
	case *ssa.FieldAddr:
		return fieldVar(x)
	case *ssa.Alloc:
		return x
	case *ssa.Global:
		return x.Object()
	case *ssa.FreeVar:
		if alloc := flow.Variable(x); alloc != nil {
			return alloc
		}
	}
	return nil
}

func (c *chans) store(in *ssa.Store) {
	if !isChanType(in.Val.Type()) {
		return
	}
	val := placeOf(in.Val)
	if p, ok := val.(*ssa.Parameter); ok {
		c.stored[p] = true
	}
	c.move(placeAt(in.Addr), val)
}

func (c *chans) phi(in *ssa.Phi) {
	if !isChanType(in.Type()) {
		return
	}
	for _, e := range in.Edges {
		if p, ok := e.(*ssa.Parameter); ok {
			c.stored[p] = true
		}
		c.move(in, placeOf(e))
	}
}

// call notes the channels that a call passes on.
func (c *chans) call(in ssa.CallInstruction) {
	f := in.Common().StaticCallee()
	if f == nil {
		return
	}
	for i, a := range in.Common().Args {
		if _, ch := a.Type().Underlying().(*types.Chan); i == 0 && f.Signature.Recv() != nil && !ch {
			continue // a latch to its own method, which its caller names
		}
		if i < len(f.Params) && isChanType(a.Type()) {
			c.passed = append(c.passed, passedChan{f.Params[i], a})
		}
	}
}

// addRoom takes in the room of one of the channels that may be in a place.
func (c *chans) addRoom(place any, r room) {
	root := c.root(place)
	old, seen := c.room[root]
	c.room[root] = room{
		buffered: old.buffered || r.buffered,
		sized:    old.sized || r.sized,
		token:    (old.token || !seen) && r.token,
	}
}

// close joins the parameters that are stored with what is passed for them,
// and looks at who makes the channels and who gets them.
func (c *chans) close(p *Program, fns []*ssa.Function) {
	if p.far != nil {
		c.tell(p.far.awaited)
	}
	for changed := true; changed; {
		changed = false
		for _, x := range c.passed {
			if !c.stored[x.param] {
				continue
			}
			if q, ok := placeOf(x.arg).(*ssa.Parameter); ok && !c.stored[q] {
				c.stored[q] = true
				changed = true
			}
			c.union(x.param, placeOf(x.arg))
		}
	}
	for _, x := range c.passed {
		if from := placeOf(x.arg); from != nil {
			c.moves[from] = append(c.moves[from], x.param)
		}
	}
	for _, mk := range c.made {
		size, ok := mk.Size.(*ssa.Const)
		ok = ok && size.Value != nil
		c.addRoom(mk, room{
			buffered: !ok || size.Int64() != 0,
			sized:    !ok && (counted(mk.Size, 0) || !kept(mk)) || ok && oneEach(mk, size.Int64()),
			token:    ok && size.Int64() == 1,
		})
	}
	if p.far != nil {
		c.tellRoom(p.far.awaited)
	}
	for _, f := range fns {
		for _, b := range f.Blocks {
			for _, in := range b.Instrs {
				c.outside(p, f, in)
				v, ok := in.(ssa.Value)
				if !ok || !isChanType(v.Type()) {
					continue
				}
				if place := placeOf(v); place != nil && !c.escaped[c.root(place)] && c.escapes(p, v, 0) {
					c.escaped[c.root(place)] = true
				}
			}
		}
		for _, v := range f.Params {
			if isChanType(v.Type()) && c.stored[v] && p.openTo(f) {
				c.escaped[c.root(v)] = true // whoever passes it has it
				if ch, ok := v.Type().Underlying().(*types.Chan); ok && ch.Dir() != types.RecvOnly {
					c.given[v] = true // and receives what is sent there
					c.brought = append(c.brought, v)
				}
			}
		}
	}
}

// counted reports whether a size is made of the length of something, as that of
// a buffer for one value from each.
func counted(size ssa.Value, depth int) bool {
	if depth > maxCounted {
		return true
	}
	switch v := size.(type) {
	case *ssa.Call:
		f, ok := v.Call.Value.(*ssa.Builtin)
		return ok && (f.Name() == "len" || f.Name() == "cap")
	case *ssa.BinOp:
		return counted(v.X, depth+1) || counted(v.Y, depth+1)
	case *ssa.Convert:
		return counted(v.X, depth+1)
	case *ssa.UnOp:
		_, setting := v.X.(*ssa.FieldAddr)
		return !setting // a variable's is as much as will ever be
	case *ssa.Const, *ssa.Field, *ssa.Parameter:
		return false
	}
	return true
}

// maxCounted bounds the operations of which a size is made.
const maxCounted = 4

// kept reports whether a channel is put into a field or a package variable
// where it is made: it lasts, and who made it does not know how much will be
// sent.
func kept(mk *ssa.MakeChan) bool {
	for _, r := range *mk.Referrers() {
		st, ok := r.(*ssa.Store)
		if !ok || st.Val != mk {
			continue
		}
		switch st.Addr.(type) {
		case *ssa.FieldAddr, *ssa.Global:
			return true
		}
	}
	return false
}

// escapes reports whether the channel v becomes known where nothing follows
// it: to a caller outside, in an interface, through another channel.
func (c *chans) escapes(p *Program, v ssa.Value, depth int) bool {
	if v.Referrers() == nil || depth > 6 {
		return true
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.UnOp, *ssa.DebugRef, *ssa.BinOp, *ssa.Select, *ssa.Phi, *ssa.ChangeType, *ssa.If:
			if s, ok := r.(*ssa.ChangeType); ok && c.escapes(p, s, depth+1) {
				return true
			}
		case *ssa.Send:
			if r.X == v {
				return true
			}
		case *ssa.Store:
			if placeAt(r.Addr) == nil {
				return true
			}
			if f, ok := r.Addr.(*ssa.FieldAddr); ok && p.openField(f) {
				return true
			}
		case *ssa.Return:
			if p.openTo(r.Parent()) {
				return true
			}
		case ssa.CallInstruction:
			if c.escapesCall(p, r, v, depth) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

func (c *chans) escapesCall(p *Program, site ssa.CallInstruction, v ssa.Value, depth int) bool {
	if _, ok := site.Common().Value.(*ssa.Builtin); ok {
		return false
	}
	f := site.Common().StaticCallee()
	if f == nil || len(f.Blocks) == 0 {
		return true
	}
	for i, a := range site.Common().Args {
		if a != v || i >= len(f.Params) {
			continue
		}
		out, ok := c.params[f.Params[i]]
		if !ok {
			c.params[f.Params[i]] = false // recursion
			out = c.escapes(p, f.Params[i], depth+1)
			c.params[f.Params[i]] = out
		}
		if out {
			return true
		}
	}
	return false
}

// chanSet returns the set of the channel that p names, or nil.
func (p *Program) chanSet(ch *lock.Path) any {
	place := p.chanPlace(ch)
	if place == nil {
		return nil
	}
	return p.scan.chans.root(place)
}

// chanPlace returns the place of the channel that p names, or nil.
func (p *Program) chanPlace(ch *lock.Path) any {
	if latch := p.names.Latch(ch); latch != nil {
		ch = latch // which tells whose channel it is
	}
	switch ch.Kind {
	case lock.Field:
		return ch.Obj
	case lock.Local:
		return ch.Key
	case lock.Global:
		return ch.Obj
	case lock.Opaque:
		if p.far != nil {
			return p.far.waits[ch.Name]
		}
	}
	return nil
}
