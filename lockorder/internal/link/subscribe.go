package link

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// subscribes returns the call that has made the channel from which a receiver
// takes, or the object that has it in a field, or nil: until it is back nobody
// sends.
func (l *Linked) subscribes(p *provider) ssa.Instruction {
	root, field := p.signal.Path, (*types.Var)(nil)
	if root.Kind == lock.Field {
		root, field = root.Base, root.Obj.(*types.Var)
	}
	v, ok := root.Key.(ssa.Value)
	if !ok || root.IsSelector() {
		return nil
	}
	if cell, ok := v.(*ssa.Alloc); ok { // a variable, of a struct or captured
		v = onlyStore(cell)
	}
	if made, ok := v.(*ssa.MakeChan); ok && made.Parent() == p.node.Fn && field == nil {
		return made
	}
	call, _ := flow.CallOf(v)
	if call == nil || call.Parent() != p.node.Fn {
		return nil
	}
	k := subscription{v, field}
	made, asked := l.made[k]
	if !asked {
		var fields []*types.Var
		if field != nil {
			fields = []*types.Var{field.Origin()}
		}
		s := subscriber{l: l, seen: make(map[selected]bool)}
		made = s.makes(v, fields)
		if l.made == nil {
			l.made = make(map[subscription]bool)
		}
		l.made[k] = made
	}
	if !made {
		return nil
	}
	return call
}

// A subscription is the channel that a call returns, or that is in a field of
// what it returns.
type subscription struct {
	v     ssa.Value
	field *types.Var
}

// A subscriber follows what a call returns to where it is made.
type subscriber struct {
	l    *Linked
	seen map[selected]bool
}

// A selected value is what a few fields lead to from a value.
type selected struct {
	v      ssa.Value
	fields [maxSelected]*types.Var
}

const (
	maxSelected   = 4
	maxSubscribed = 200 // values looked at for one question
)

// makes reports whether v, or what the fields lead to from the object that it
// is, is a channel made in its function or in one that it calls for it, or
// nothing.
func (s *subscriber) makes(v ssa.Value, fields []*types.Var) bool {
	from := s.l.p.locate(v)
	fields = append(from.chain[:len(from.chain):len(from.chain)], fields...)
	if len(fields) > maxSelected || len(s.seen) > maxSubscribed {
		return false
	}
	k := selected{v: from.root}
	copy(k.fields[:], fields)
	if s.seen[k] {
		return true // as much as the rest says
	}
	s.seen[k] = true
	switch x := from.root.(type) {
	case *ssa.MakeChan:
		return len(fields) == 0
	case *ssa.Alloc:
		return s.puts(x, fields)
	case *ssa.Phi:
		for _, e := range x.Edges {
			if !s.makes(e, fields) {
				return false
			}
		}
		return true
	case *ssa.Call, *ssa.Extract:
		call, result := flow.CallOf(x)
		if call == nil {
			return false
		}
		callees := s.l.p.calls.callees(call)
		for _, f := range callees {
			if len(f.Blocks) == 0 || !s.returns(f, result, fields) {
				return false
			}
		}
		return len(callees) > 0
	}
	return isNil(from.root)
}

// returns is makes for what a function returns.
func (s *subscriber) returns(f *ssa.Function, result int, fields []*types.Var) bool {
	for _, b := range f.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && !s.makes(ret.Results[result], fields) {
			return false
		}
	}
	return true
}

// puts is makes for an object made here: for what is put into its field, or for
// the struct that it is a copy of. What nothing is put into, here or by who is
// called with the object, is nil.
func (s *subscriber) puts(made *ssa.Alloc, fields []*types.Var) bool {
	if len(fields) == 0 || fields[0] == nil {
		return false
	}
	all, called := true, false
	any := false
	for _, ref := range *made.Referrers() {
		switch r := ref.(type) {
		case *ssa.Store:
			if r.Addr == ssa.Value(made) {
				any = true
				all = all && s.makes(r.Val, fields)
			}
		case ssa.CallInstruction, *ssa.MakeClosure:
			called = true
		case *ssa.FieldAddr:
			if fieldVar(r) != fields[0] {
				continue
			}
			for _, u := range *r.Referrers() {
				switch st := u.(type) {
				case *ssa.Store:
					if st.Addr == ssa.Value(r) {
						any = true
						all = all && s.makes(st.Val, fields[1:])
					}
				case ssa.CallInstruction, *ssa.MakeClosure:
					called = true
				}
			}
		}
	}
	return all && (any || !called)
}
