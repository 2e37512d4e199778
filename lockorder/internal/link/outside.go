package link

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A library hands a channel to callers outside of the view, who receive from it
// until they have had enough. Then they say so, by a function of the library
// that closes the channel, or looks for it among others.

// openAnyway reports whether somebody outside of the view may call f, if need be
// through an interface: an exported method of a type that is not.
func (p *Program) openAnyway(f *ssa.Function) bool {
	if p.openTo(f) {
		return true
	}
	if generic := f.Origin(); generic != nil {
		f = generic
	}
	return f.Parent() == nil && f.Signature.Recv() != nil && f.Object() != nil && f.Object().Exported() && !p.within(f)
}

// outside notes the channels that f returns to who receives outside of the
// view, and where it tells one from another.
func (c *chans) outside(p *Program, f *ssa.Function, in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.Return:
		for _, v := range in.Results {
			if place := placeOf(v); place != nil && receives(v.Type()) && p.openAnyway(f) {
				c.given[place] = true
			}
		}
	case *ssa.MapUpdate:
		c.keep(in.Map, in.Value)
		c.keep(in.Map, in.Key) // a set of channels
	case *ssa.Store:
		// The array of an append's further arguments, which is put behind a slice.
		if at, ok := in.Addr.(*ssa.IndexAddr); ok {
			c.keep(at.X, in.Val)
		}
	case *ssa.BinOp:
		if _, ok := in.X.Type().Underlying().(*types.Chan); ok && (in.Op == token.EQL || in.Op == token.NEQ) && !isNil(in.X) && !isNil(in.Y) {
			c.told = append(c.told, in)
		}
	}
}

// An elementsOf is the place of the elements of the container in a field.
type elementsOf struct{ field *types.Var }

// keep notes that a channel is put among the elements of a container.
func (c *chans) keep(container, v ssa.Value) {
	if _, ok := v.Type().Underlying().(*types.Chan); !ok {
		return
	}
	from := placeOf(v)
	for _, f := range fieldsOf(container, 0) {
		if from != nil {
			c.moves[from] = append(c.moves[from], elementsOf{f})
		}
	}
}

// fieldsOf returns the fields that a container is in, or that it becomes the
// one of by an append.
func fieldsOf(container ssa.Value, depth int) []*types.Var {
	if depth > 3 {
		return nil
	}
	switch v := container.(type) {
	case *ssa.UnOp:
		if f, ok := v.X.(*ssa.FieldAddr); ok {
			return []*types.Var{fieldVar(f)}
		}
	case *ssa.Alloc, *ssa.Slice, *ssa.Call:
		var in []*types.Var
		for _, r := range *container.Referrers() {
			switch r := r.(type) {
			case *ssa.Slice:
				in = append(in, fieldsOf(r, depth+1)...)
			case *ssa.Call:
				if flow.IsBuiltin(r, "append") {
					in = append(in, fieldsOf(r, depth+1)...)
				}
			case *ssa.Store:
				if f, ok := r.Addr.(*ssa.FieldAddr); ok && r.Val == container {
					in = append(in, fieldVar(f))
				}
			}
		}
		return in
	}
	return nil
}

// receives reports whether t is a channel from which one can receive.
func receives(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	return ok && ch.Dir() != types.SendOnly
}

// gone returns how a receiver outside of the view, who has had enough of a
// channel, takes the lock under which somebody sends to him: before he is no
// longer sent to. Under go vet importers are outside, too.
func (l *Linked) gone(x waiting, held string, mode lock.Mode) []*Witness {
	if x.mode != lock.Send {
		return nil
	}
	leave, asked := l.leave[x.class]
	if !asked {
		leave = l.leavers(x.class)
		if l.leave == nil {
			l.leave = make(map[string][]provider)
		}
		l.leave[x.class] = leave
	}
	for i := range leave {
		p := &leave[i]
		if p.node.Fn == x.node.Fn {
			continue
		}
		if need := l.needs(p, held, mode, maxTransitive, x); need != nil {
			need[0].Gone = true
			return need
		}
	}
	return nil
}

// leavers lists where those who receive outside of the view from channels of a
// class say that they have had enough, if nobody in view receives from them.
func (l *Linked) leavers(class string) []provider {
	c := l.p.scan.chans
	var from []any
	for _, mk := range c.made {
		from = append(from, mk)
	}
	for _, v := range c.brought {
		from = append(from, v)
	}
	set, at := l.setOf(class), l.elements[class]
	var all []provider
	for _, ch := range from {
		room := c.room[c.root(ch)]
		if c.root(ch) != set && at == nil || room.buffered && (room.sized || room.token) {
			continue
		}
		if in := c.reach(ch); c.root(ch) == set || in[elementsOf{at}] {
			all = append(all, l.leaversOf(class, in)...)
		}
	}
	return all
}

// reach returns the places to which a channel goes.
func (c *chans) reach(from any) map[any]bool {
	in := map[any]bool{from: true}
	for work := []any{from}; len(work) > 0; {
		place := work[len(work)-1]
		work = work[:len(work)-1]
		for _, to := range c.moves[place] {
			if !in[to] {
				in[to] = true
				work = append(work, to)
			}
		}
	}
	return in
}

// leaversOf does so for one channel by the places that it is in.
func (l *Linked) leaversOf(class string, in map[any]bool) []provider {
	c := l.p.scan.chans
	given := false
	sets := map[any]bool{l.setOf(class): true}
	for place := range in {
		given = given || c.given[place]
		sets[c.root(place)] = true
	}
	if !given {
		return nil
	}
	var leave []provider
	for set := range sets {
		for i := range l.providers[set] {
			p := &l.providers[set][i]
			place := l.p.chanPlace(p.path)
			switch {
			case place != nil && !in[place]:
			case p.signal.Mode == lock.Receive:
				return nil // somebody is in view
			case p.signal.Mode == lock.Close && p.signal.End == nil && !loops(p.signal.Instr) && l.calledOutside(p.node, 0):
				leave = append(leave, *p)
			}
		}
	}
	slices.SortFunc(leave, func(p, q provider) int {
		return cmp.Or(cmp.Compare(p.node.ID, q.node.ID), cmp.Compare(p.signal.Instr.Pos(), q.signal.Instr.Pos()))
	})
	for _, told := range c.told {
		if !in[placeOf(told.X)] || !in[placeOf(told.Y)] {
			continue
		}
		for _, n := range l.p.order {
			if n.Fn == told.Parent() && l.calledOutside(n, 0) {
				path := l.p.paths.Opaque(class)
				leave = append(leave, provider{n, &flow.Signal{Path: path, Mode: lock.Close, Instr: told}, path, nil})
			}
		}
	}
	return leave
}

// calledOutside reports whether somebody outside of the view comes to a function
// by a call, or has it as a value.
func (l *Linked) calledOutside(n *flow.Node, depth int) bool {
	if l.p.openAnyway(n.Fn) || n.Fn.Parent() != nil && len(l.callers[n.ID])+len(l.spawners[n.ID]) == 0 {
		return true
	}
	for _, c := range l.callers[n.ID] {
		if depth < maxClimb && l.calledOutside(l.p.order[c.node], depth+1) {
			return true
		}
	}
	return false
}
