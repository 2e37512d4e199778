package link

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// An Atom is a lock class in a mode, numbered densely.
type Atom int32

type atomKey struct {
	class string
	mode  lock.Mode
}

// A set is a set of atoms.
type set []uint64

func (s set) has(a Atom) bool {
	w := int(a) / 64
	return w < len(s) && s[w]&(1<<(uint(a)%64)) != 0
}

func (s *set) add(a Atom) bool {
	w := int(a) / 64
	for len(*s) <= w {
		*s = append(*s, 0)
	}
	old := (*s)[w]
	(*s)[w] |= 1 << (uint(a) % 64)
	return (*s)[w] != old
}

func (s set) remove(a Atom) {
	if w := int(a) / 64; w < len(s) {
		s[w] &^= 1 << (uint(a) % 64)
	}
}

func (s *set) union(t set) bool {
	for len(*s) < len(t) {
		*s = append(*s, 0)
	}
	changed := false
	for i, w := range t {
		if old := (*s)[i]; old|w != old {
			(*s)[i] = old | w
			changed = true
		}
	}
	return changed
}

// within reports whether all of s is in t.
func (s set) within(t set) bool {
	for i, w := range s {
		if w != 0 && (i >= len(t) || w&^t[i] != 0) {
			return false
		}
	}
	return true
}

func (s set) each(f func(Atom)) {
	for i, w := range s {
		for w != 0 {
			f(Atom(i*64 + bits.TrailingZeros64(w)))
			w &= w - 1
		}
	}
}

// released is a set of released locks. Each is made once, by closure.set: equal
// sets are the same pointer. Nil is the empty one.
type released struct {
	paths []*lock.Path
	id    int // in order of creation
}

// lowerHoles rewrites a callee's released locks and adds the caller's own. What
// the caller has taken itself is what the callee releases, not a lock of who
// calls it.
// A lock that the caller itself holds there is no business of its callers.
func (c *closure) lowerHoles(at *absorbed, call *flow.Call, j int, holes, own *released) *released {
	if holes == nil {
		return own
	}
	for i := range at.lowered {
		if l := &at.lowered[i]; l.holes == holes {
			return l.to
		}
	}
	c.list = c.list[:0]
	if own != nil {
		c.list = append(c.list, own.paths...)
	}
	for _, h := range holes.paths {
		v := call.Callees[j].Env.Subst(&c.p.paths, h)
		if v.Path != nil && !slices.ContainsFunc(call.Held, func(h flow.Held) bool { return !h.Try && flow.SameLock(h.Path, v.Path) }) {
			c.list = append(c.list, v.Path)
		}
	}
	to := c.set()
	at.lowered = append(at.lowered, lowered{holes, to})
	return to
}

func (c *closure) holePaths(hs []flow.Hole) *released {
	c.list = c.list[:0]
	for _, h := range hs {
		c.list = append(c.list, h.Path)
	}
	return c.set()
}

// set returns the set of the paths in c.list.
func (c *closure) set() *released {
	if len(c.list) == 0 {
		return nil
	}
	slices.SortFunc(c.list, func(a, b *lock.Path) int { return a.ID - b.ID })
	c.list = slices.Compact(c.list)
	c.key = c.key[:0]
	for _, p := range c.list {
		c.key = binary.LittleEndian.AppendUint32(c.key, uint32(p.ID))
	}
	s, ok := c.sets[string(c.key)]
	if !ok {
		s = &released{slices.Clone(c.list), len(c.sets)}
		c.sets[string(c.key)] = s
	}
	return s
}
