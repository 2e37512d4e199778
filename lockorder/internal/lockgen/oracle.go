package lockgen

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
)

// Bounds of one entry: so many paths in order, and then, if there are more, so
// many at random. A goroutine is an entry, too, and the recursion that starts
// goroutines from goroutines, each with a new closure around the last, ends
// only by a bound on how deep they nest.
const (
	maxPaths    = 2000
	randomPaths = 300
	maxSpawns   = 3
	maxInAll    = 20000 // of all entries
)

// An Edge is a lock class waited for while another is held, in canonical
// names; the modes are lock and rlock.
type Edge struct {
	Held, HeldMode, Acquired, AcquiredMode string
}

// A Relock is a lock taken again by the goroutine that holds it. It is listed
// once for every function on the stack then, and for the function that first
// took the lock, because a report may put it at any of them. Func is as in a
// report, import/path.(*T).m; for a closure it is the function around it.
type Relock struct {
	Class, Func string
}

// A Behaviour is what the locks of a program do.
//
// There are two sets of edges, since tools may differ within reason. Edges
// are those that some entry makes on a path that comes to an end: they must be
// found. Allowed are all these and the edges that are made on the way to a
// panic, after a hang, by taking again what is held, or on a path that
// unlocks what its entry did not lock.
type Behaviour struct {
	Edges     map[Edge]string // with a path that makes it
	Allowed   map[Edge]bool
	Relocks   map[Relock]bool
	Recursive map[Relock]bool // read locks taken again for reading: not a hang by itself

	// Truncated is set if there are more paths than were run. Then Edges are
	// still right, but the other sets may lack members.
	Truncated bool
	Paths     int
}

// Observe runs every function of p as an entry, along all paths. Each pointer
// parameter is an object of its own; a func() or Doer parameter does nothing.
// Goroutines run apart, with nothing held.
func Observe(p *Program) *Behaviour {
	o := &oracle{prog: p, seen: map[string]bool{}, b: &Behaviour{
		Edges: map[Edge]string{}, Allowed: map[Edge]bool{},
		Relocks: map[Relock]bool{}, Recursive: map[Relock]bool{},
	}}
	for _, f := range p.Funcs {
		o.explore(f.Key(), true, func(m *machine) ctl {
			entry := &closure{fn: f}
			for _, v := range f.Params {
				var arg value
				switch v.Kind {
				case ParamPtr:
					arg.obj = &object{f.Key() + "'s " + v.Name, v.Type}
				case ParamBool:
					arg.b = m.tape.pick(2) == 1
				}
				entry.args = append(entry.args, arg)
			}
			c, _ := m.call(entry)
			return c
		})
	}
	return o.b
}

type oracle struct {
	prog *Program
	b    *Behaviour
	seen map[string]bool // goroutines run
	deep int             // goroutines around the one that runs
}

// explore runs all paths from start. Unless must is set, nothing that they do
// is demanded: the go statement itself was on such a path.
func (o *oracle) explore(entry string, must bool, start func(*machine) ctl) {
	t := &tape{}
	run := func() {
		m := &machine{prog: o.prog, tape: t, log: &pathLog{prog: o.prog, must: map[Edge]string{}, may: map[Edge]bool{}}}
		c := start(m)
		o.b.Paths++
		o.commit(m.log, entry, must && (c == fellOff || m.log.hung && c != panicked))
	}
	for n := 0; ; n++ {
		run()
		if !t.next() {
			return
		}
		if n >= maxPaths || o.b.Paths >= maxInAll {
			break
		}
	}
	o.b.Truncated = true
	r := rand.New(rand.NewPCG(1, 2))
	for range randomPaths {
		if o.b.Paths >= 2*maxInAll {
			return
		}
		t = &tape{random: r.IntN}
		run()
	}
}

// commit adds what a path did to the whole.
func (o *oracle) commit(l *pathLog, entry string, must bool) {
	must = must && !l.wrong
	for e, how := range l.must {
		if _, ok := o.b.Edges[e]; !ok && must {
			o.b.Edges[e] = "entry " + entry + ": " + how
		}
		o.b.Allowed[e] = true
	}
	for e := range l.may {
		o.b.Allowed[e] = true
	}
	maps.Copy(o.b.Relocks, l.relocks)
	maps.Copy(o.b.Recursive, l.recursive)
	for _, s := range l.spawns {
		// What is spawned after a hang is never spawned.
		ok := must && !l.hung && !s.idle
		key := fmt.Sprint(ok, " ", s.fn.describe())
		if o.seen[key] {
			continue
		}
		o.seen[key] = true
		if o.deep == maxSpawns {
			o.b.Truncated = o.b.Truncated || !s.idle
			continue
		}
		o.deep++
		o.explore(entry+" → go in "+s.owner, ok, func(m *machine) ctl { c, _ := m.call(s.fn); return c })
		o.deep--
	}
}

// A spawn is a go statement that was reached; or, if idle, a closure that was
// made.
type spawn struct {
	fn    *closure
	owner string
	idle  bool
}

// A pathLog is what one path did.
type pathLog struct {
	prog               *Program
	must               map[Edge]string
	may                map[Edge]bool
	relocks, recursive map[Relock]bool
	spawns             []spawn
	hung               bool // took again what it holds; from there on it is not real
	wrong              bool // unlocked what it did not hold
}

func (l *pathLog) edge(e Edge, again bool, how string) {
	if again || l.hung {
		l.may[e] = true
	} else if _, ok := l.must[e]; !ok {
		l.must[e] = how
	}
}

func (l *pathLog) again(to map[Relock]bool, class string, stack []*frame, holder string) map[Relock]bool {
	if to == nil {
		to = map[Relock]bool{}
	}
	to[Relock{class, l.prog.funcName(holder)}] = true
	for _, f := range stack {
		to[Relock{class, l.prog.funcName(f.owner)}] = true
	}
	return to
}

// funcName is a function's canonical name.
func (p *Program) funcName(key string) string { return p.Path + "." + key }

// describe names a closure, so that equal ones are run once. Variables are
// never assigned, so that their values are all there is to it.
func (f *closure) describe() string {
	if f == nil {
		return "nothing"
	}
	var s strings.Builder
	if f.fn != nil {
		s.WriteString(f.fn.Key())
	} else {
		// Empty bodies may be alike; they also do nothing alike.
		fmt.Fprintf(&s, "%s %p", f.owner, f.body)
	}
	for _, a := range f.args {
		s.WriteString(" " + a.describe())
	}
	for e := f.env; e != nil; e = e.up {
		s.WriteString(" " + e.name + "=" + e.val.describe())
	}
	return s.String()
}

func (v value) describe() string {
	switch {
	case v.obj != nil:
		return v.obj.name
	case v.fn != nil:
		return "(" + v.fn.describe() + ")"
	}
	return fmt.Sprint(v.b)
}
