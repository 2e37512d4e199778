package link

import (
	"math/bits"
	"slices"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A summary is all that a node acquires, itself and through its callees.
type summary struct {
	all    set     // classes taken with no lock of the caller released
	groups []group // classes taken while locks of the caller are released
	events []*event
	index  []int32 // a hash table of events: the number of one, and one; 0 is empty
	open   []*openEdge
	opened map[openKey]bool

	begun   bool // the node's own acquisitions are in
	version int  // counts the changes
}

type group struct {
	holes *released
	atoms set
}

// An event is the acquisition of a lock that the caller can name.
type event struct {
	path  *lock.Path
	mode  lock.Mode
	holes *released
	fresh bool // of a new object: it matters only to who holds the same lock

	acquire *flow.Acquire // in the node itself
	call    *flow.Call    // or through a call of callee
	callee  int
	inner   *event
	length  int // of the chain
}

// same reports whether two events are of one lock, taken in one way.
func (e *event) same(o *event) bool {
	return e.path == o.path && e.mode == o.mode && e.holes == o.holes && e.fresh == o.fresh
}

func (e *event) hash() uint32 {
	h := uint32(e.path.ID)*8 + uint32(e.mode)*2
	if e.fresh {
		h++
	}
	if e.holes != nil {
		h += uint32(e.holes.id) << 16
	}
	h *= 0x9E3779B1 // Knuth: The Art of Computer Programming, 6.4
	return h ^ h>>15
}

const (
	maxEvents     = 256 // of one node; more are known by class only
	maxEventDepth = 6   // selectors of an event's path
	maxGroups     = 8   // of a node, for what its callees take

	fewEvents   = 8   // are looked through, without an index
	spareEvents = 512 // are made at a time
)

// takes reports whether a class is taken in a mode, whatever is released there.
func (s *summary) takes(a Atom) bool {
	return s.all.has(a) || slices.ContainsFunc(s.groups, func(g group) bool { return g.atoms.has(a) })
}

func (s *summary) addAtom(a Atom, holes *released) bool {
	if holes == nil {
		return s.all.add(a)
	}
	return s.group(holes).add(a)
}

func (s *summary) group(holes *released) *set {
	for i := range s.groups {
		if s.groups[i].holes == holes {
			return &s.groups[i].atoms
		}
	}
	s.groups = append(s.groups, group{holes: holes})
	return &s.groups[len(s.groups)-1].atoms
}

func (c *closure) addEvent(s *summary, e event) bool {
	at, known := s.find(&e)
	if known {
		return false
	}
	if s.full() {
		c.p.Bounded["events"]++
		return false
	}
	if len(c.spare) == 0 {
		c.spare = make([]event, spareEvents)
	}
	kept := &c.spare[0]
	c.spare = c.spare[1:]
	*kept = e
	s.events = append(s.events, kept)
	switch n := len(s.events); {
	case n <= fewEvents:
	case 2*n > len(s.index):
		s.rehash(4 * n)
	default:
		s.index[at] = int32(n)
	}
	return true
}

// find looks for an event, and says where in the index it is, or should be.
func (s *summary) find(e *event) (at int, known bool) {
	if s.index == nil {
		return 0, slices.ContainsFunc(s.events, e.same)
	}
	mask := uint32(len(s.index) - 1)
	for i := e.hash() & mask; ; i = (i + 1) & mask {
		n := s.index[i]
		if n == 0 || s.events[n-1].same(e) {
			return int(i), n > 0
		}
	}
}

// rehash makes the index anew, for at least n entries.
func (s *summary) rehash(n int) {
	s.index = make([]int32, 1<<bits.Len(uint(n)))
	for i, e := range s.events {
		at, _ := s.find(e)
		s.index[at] = int32(i + 1)
	}
}

func (s *summary) full() bool { return len(s.events) >= maxEvents }
