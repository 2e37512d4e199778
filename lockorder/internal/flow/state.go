package flow

import (
	"encoding/binary"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A state is what is known at a point of one path, or of several with one
// property. States are values: a step makes a new one.
type state struct {
	held   []Held
	holes  []Hole
	defers []ssa.Instruction // *ssa.Defer, oldest first
	facts  []fact
}

// key encodes the property of the state.
func (s *state) key() string {
	if len(s.held)+len(s.holes)+len(s.defers) == 0 {
		return ""
	}
	var b []byte
	for _, h := range s.held {
		b = binary.AppendUvarint(b, uint64(h.Path.ID)<<2|uint64(h.Mode))
	}
	b = append(b, 0xff, 'h')
	for _, h := range s.holes {
		b = binary.AppendUvarint(b, uint64(h.Path.ID))
	}
	b = append(b, 0xff, 'd')
	for _, d := range s.defers {
		b = binary.AppendUvarint(b, uint64(d.Block().Index))
		b = binary.AppendUvarint(b, uint64(d.(*ssa.Defer).Pos()))
	}
	return string(b)
}

// same reports whether two states have one property.
func (s *state) same(t *state) bool {
	return slices.EqualFunc(s.held, t.held, func(x, y Held) bool { return x.Path == y.Path && x.Mode == y.Mode }) &&
		slices.EqualFunc(s.holes, t.holes, func(x, y Hole) bool { return x.Path == y.Path }) &&
		slices.EqualFunc(s.defers, t.defers, func(x, y ssa.Instruction) bool {
			return x == y || x.Block().Index == y.Block().Index && x.Pos() == y.Pos()
		})
}

func (s state) hold(h Held) state {
	s.held = append(s.held[:len(s.held):len(s.held)], h)
	return s
}

// takeAgain notes that a lock that is held is taken again: the release that
// follows is of that, and does not tell that a lock which a callee kept is
// given back on purpose.
func (s state) takeAgain(i int) state {
	if s.held[i].Site.Inner != nil && !s.held[i].again {
		s.held = append([]Held(nil), s.held...)
		s.held[i].again = true
	}
	return s
}

func (s state) dropHeld(i int) state {
	held := make([]Held, 0, len(s.held)-1)
	s.held = append(append(held, s.held[:i]...), s.held[i+1:]...)
	return s
}

func (s state) dropHole(i int) state {
	holes := make([]Hole, 0, len(s.holes)-1)
	s.holes = append(append(holes, s.holes[:i]...), s.holes[i+1:]...)
	return s
}

// notHeld are the locks that no caller holds here: those that it held and that
// are released, and those that an attempt has got.
func (s *state) notHeld() []Hole {
	out := s.holes
	for _, h := range s.held {
		if h.Try {
			out = append(out[:len(out):len(out)], Hole{Path: h.Path, Mode: h.Mode})
		}
	}
	return out
}

// findHeld returns the index of the entry that path names, or -1.
func (s *state) findHeld(p *lock.Path) int {
	for i := len(s.held) - 1; i >= 0; i-- {
		if SameLock(s.held[i].Path, p) {
			return i
		}
	}
	return -1
}

// SameLock reports whether two paths name one instance. A model may give a
// lock a class of its own (a rank), below the lock's path.
func SameLock(a, b *lock.Path) bool {
	if a == b {
		return a.Exact()
	}
	if a.Kind == lock.Rank && a.Base == b && b.Exact() {
		return true
	}
	return false
}

// release gives up the lock that p names: the entry of that instance; else
// the last entry of its class whose instance may be it; else it is the
// caller's, and a hole.
func (a *analysis) release(s state, p *lock.Path, mode lock.Mode) state {
	i := -1
	for j := len(s.held) - 1; j >= 0; j-- {
		if SameLock(s.held[j].Path, p) {
			if i < 0 || s.held[j].Mode == mode && s.held[i].Mode != mode {
				i = j
			}
		}
	}
	if i < 0 {
		for j := len(s.held) - 1; j >= 0 && i < 0; j-- {
			if a.mayAlias(s.held[j].Path, p) {
				i = j
			}
		}
	}
	if i >= 0 {
		for at := s.held[i].Site; at != nil; at = at.Inner {
			at.Released = true
			at.ByCaller = at.ByCaller || at != s.held[i].Site && !s.held[i].again
		}
		return s.dropHeld(i)
	}
	for _, h := range s.holes {
		if h.Path == p {
			return s
		}
	}
	s.holes = append(s.holes[:len(s.holes):len(s.holes)], Hole{Path: p, Mode: mode, Own: true})
	return s
}

// mayAlias reports whether two different paths of one class could name one
// instance. Different parameters, and different globals, are taken not to.
func (a *analysis) mayAlias(p, q *lock.Path) bool {
	p, q = unranked(p.Whole()), unranked(q.Whole())
	cp, _ := a.host.Names().Class(p)
	cq, _ := a.host.Names().Class(q)
	if cp != cq {
		return false
	}
	if p == q {
		return true
	}
	known := func(p *lock.Path) bool {
		k := p.Root().Kind
		return (k == lock.Param || k == lock.Free || k == lock.Global) && p.Exact()
	}
	return !known(p) || !known(q)
}

// unranked is the lock itself, where a model gives it a class of its own.
func unranked(p *lock.Path) *lock.Path {
	if p.Kind == lock.Rank {
		return p.Base
	}
	return p
}

// join is what the bound leaves of several states: what all of them hold.
func join(x, y state) state {
	var held []Held
	for _, h := range x.held {
		for _, g := range y.held {
			if g.Path == h.Path && g.Mode == h.Mode {
				held = append(held, h)
				break
			}
		}
	}
	holes := append([]Hole(nil), x.holes...)
	for _, h := range y.holes {
		seen := false
		for _, g := range holes {
			seen = seen || g.Path == h.Path
		}
		if !seen {
			holes = append(holes, h)
		}
	}
	// A deferred release that some path registered runs on the joined path.
	defers := append([]ssa.Instruction(nil), x.defers...)
	for _, d := range y.defers {
		seen := false
		for _, e := range defers {
			seen = seen || e == d
		}
		if !seen {
			defers = append(defers, d)
		}
	}
	return state{held: held, holes: holes, defers: defers}
}
