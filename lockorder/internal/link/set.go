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

func (s set) each(f func(Atom)) {
	for i, w := range s {
		for w != 0 {
			f(Atom(i*64 + bits.TrailingZeros64(w)))
			w &= w - 1
		}
	}
}

// lowerHoles rewrites a callee's released locks and adds the caller's own.
// A lock that the caller itself holds there is no business of its callers.
func (c *closure) lowerHoles(at *absorbed, callee *flow.Callee, holes, own []*lock.Path) []*lock.Path {
	if len(holes) == 0 {
		return own
	}
	id := setID(holes)
	for i := range at.lowered {
		if l := &at.lowered[i]; l.holes == id {
			return l.to
		}
	}
	out := append([]*lock.Path(nil), own...)
	for _, h := range holes {
		if v := callee.Env.Subst(&c.p.paths, h); v.Path != nil {
			out = append(out, v.Path)
		}
	}
	out = c.set(out)
	at.lowered = append(at.lowered, lowered{id, out})
	return out
}

func (c *closure) holePaths(hs []flow.Hole) []*lock.Path {
	if len(hs) == 0 {
		return nil
	}
	out := make([]*lock.Path, len(hs))
	for i, h := range hs {
		out[i] = h.Path
	}
	return c.set(out)
}

// set interns a set of paths: equal sets are the same slice.
func (c *closure) set(ps []*lock.Path) []*lock.Path {
	if len(ps) == 0 {
		return nil
	}
	slices.SortFunc(ps, func(a, b *lock.Path) int { return a.ID - b.ID })
	ps = slices.Compact(ps)
	key := make([]byte, 0, 4*len(ps))
	for _, p := range ps {
		key = binary.LittleEndian.AppendUint32(key, uint32(p.ID))
	}
	if old, ok := c.sets[string(key)]; ok {
		return old
	}
	c.sets[string(key)] = ps
	return ps
}

// setID tells interned sets apart.
func setID(set []*lock.Path) **lock.Path {
	if len(set) == 0 {
		return nil
	}
	return &set[0]
}
