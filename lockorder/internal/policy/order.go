package policy

import (
	"fmt"
	"go/token"
	"strings"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// An Order declares that each of its locks comes before the next: whoever
// holds a later one does not take an earlier one.
type Order struct {
	Locks []string // canonical names, at least two
	Pos   token.Position

	paths []*lock.Path // what Locks are the names of; nil where only the name is known
}

// order reads //lockorder:order A < B < C.
func (r *reader) order(d *directive) {
	parts := strings.Split(d.args, "<")
	if len(parts) < 2 {
		r.errorf(d.pos, "want %sorder A < B, found %q", prefix, d.args)
		return
	}
	o := Order{Pos: r.fset.Position(d.pos)}
	for _, part := range parts {
		l, err := r.resolve(d, strings.TrimSpace(part))
		if err != nil {
			r.errorf(d.pos, "%sorder: %v", prefix, err)
			return
		}
		o.Locks = append(o.Locks, l.name)
		o.paths = append(o.paths, l.path)
	}
	r.set.Orders = append(r.set.Orders, o)
}

// Rename gives the ordered locks the names that an analysis gives them. Read
// cannot know all that lock.Names depends on: which types the program makes
// several instances of, and which pointers hold always the same lock.
func (s *Set) Rename(names *lock.Names) {
	s.less = nil
	for _, o := range s.Orders {
		for i, p := range o.paths {
			if p != nil {
				o.Locks[i], _ = names.Class(p)
			}
		}
	}
}

// A step is a declared pair: from the lock it is listed under to a greater.
type step struct {
	to    string
	order int // index in Orders
}

// Less reports whether a is declared to come before b, directly or through
// other locks, and which declaration says so: the first on a shortest way
// from a to b. No lock comes before itself, whatever is declared.
func (s *Set) Less(a, b string) (declared *Order, ok bool) {
	if s.less == nil {
		s.less = make(map[string][]step)
		for i := range s.Orders {
			s.declare(s.less, i)
		}
	}
	way := shortest(s.less, a, b)
	if a == b || way == nil {
		return nil, false
	}
	return &s.Orders[way[0].order], true
}

// declare adds the pairs of the i'th order.
func (s *Set) declare(less map[string][]step, i int) {
	locks := s.Orders[i].Locks
	for j := 1; j < len(locks); j++ {
		less[locks[j-1]] = append(less[locks[j-1]], step{locks[j], i})
	}
}

// shortest finds the fewest steps from a to b, at least one, or nil.
func shortest(less map[string][]step, a, b string) []step {
	type visit struct {
		step
		back int // index of the visit before, or -1
	}
	queue := []visit{{step{to: a}, -1}}
	seen := make(map[string]bool)
	for i := 0; i < len(queue); i++ {
		for _, next := range less[queue[i].to] {
			if next.to == b {
				way := []step{next}
				for j := i; queue[j].back >= 0; j = queue[j].back {
					way = append([]step{queue[j].step}, way...)
				}
				return way
			}
			if !seen[next.to] {
				seen[next.to] = true
				queue = append(queue, visit{next, i})
			}
		}
	}
	return nil
}

// Contradictions reports the declared orders that cannot all hold, each at
// the declaration that comes last, with the declarations that it contradicts.
// Of two orders that contradict each other, one error is enough.
func (s *Set) Contradictions() []Error {
	var errs []Error
	less := make(map[string][]step)
	for i, o := range s.Orders {
		for j := 1; j < len(o.Locks); j++ {
			a, b := o.Locks[j-1], o.Locks[j]
			if a == b {
				errs = append(errs, Error{o.Pos, fmt.Sprintf("%s < %s: a lock does not come before itself", a, b)})
				continue
			}
			way := shortest(less, b, a)
			if way == nil {
				less[a] = append(less[a], step{b, i})
				continue
			}
			var others []string
			from := b
			for _, st := range way {
				others = append(others, fmt.Sprintf("%s < %s (%s)", from, st.to, s.Orders[st.order].Pos))
				from = st.to
			}
			errs = append(errs, Error{o.Pos, fmt.Sprintf("%s < %s contradicts %s", a, b, strings.Join(others, ", "))})
		}
	}
	return errs
}
