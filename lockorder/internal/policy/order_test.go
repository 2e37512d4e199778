package policy

import (
	"strings"
	"testing"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// decls are locks of every shape that a name can have.
const decls = `
type T struct { mu sync.Mutex; in struct{ mu sync.Mutex }; shards [4]shard; sub *sub; sync.Mutex }
type sub struct { mu sync.Mutex }
type shard struct { mu sync.Mutex }
type E struct { *sub }
type G[K any] struct { mu sync.Mutex }
type solo struct { lock sync.Mutex }
type rank int
type loop []loop
const rankA rank = 1
var a, b, c, d sync.Mutex
var t T
var one solo
var table [8]struct{ mu sync.Mutex }
var locks [3]sync.Mutex
var l loop
func F() { var mu sync.Mutex; mu.Lock() }
func (t *T) M() {}
//lockorder:waits scan(arg0)
func wait(g *int)
`

func TestOrderNames(t *testing.T) {
	for _, test := range []struct{ name, written, want string }{
		{"variable", "b", "example.com/p.b"},
		{"canonical_variable", "example.com/p.b", "example.com/p.b"},
		{"field", "T.mu", "example.com/p.T.mu"},
		{"canonical_field", "example.com/p.T.mu", "example.com/p.T.mu"},
		{"anonymous_struct", "T.in.mu", "example.com/p.T.in.mu"},
		{"innermost_type", "T.sub.mu", "example.com/p.sub.mu"},
		{"promoted_field", "E.mu", "example.com/p.sub.mu"},
		{"embedded_mutex", "T.Mutex", "example.com/p.T.Mutex"},
		{"field_of_elements", "T.shards[*].mu", "example.com/p.shard.mu"},
		{"variable_with_elements", "table[*].mu", "example.com/p.table[*].mu"},
		{"elements", "locks[*]", "example.com/p.locks[*]"},
		{"generic_type", "G.mu", "example.com/p.G.mu"},
		{"field_of_variable", "t.mu", "example.com/p.T.mu"},
		{"only_variable_of_its_type", "solo.lock", "example.com/p.one.lock"},
		{"local_of_function", "F.mu", "example.com/p.F.mu"},
		{"local_of_method", "T.M.mu", "example.com/p.T.M.mu"},
		{"constant_of_a_rank", "rankA", "example.com/p.rankA"},
		{"pseudo_lock_of_a_clause", "scan", "example.com/p.scan"},
		{"canonical_pseudo_lock", "example.com/p.scan", "example.com/p.scan"},
		{"imported_name", "other.V", "example.com/q.V"},
		{"imported_path", "example.com/q.V", "example.com/q.V"},
		{"std_path", "sync.Pool.mu", "sync.Pool.mu"},
		{"unread_package", "example.com/far/away.T.mu", "example.com/far/away.T.mu"},
		{"dotted_path", "gopkg.in/yaml.v3.T.mu", "gopkg.in/yaml.v3.T.mu"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := &world{t: t, fset: newWorld(t).fset}
			w.add("sync", "package sync\ntype Mutex struct{ state int }\nfunc (*Mutex) Lock() {}\ntype Pool struct{ mu Mutex }\n")
			w.add("example.com/q", "package q\nimport \"sync\"\nvar V sync.Mutex\n")
			w.add("example.com/p", "package p\nimport \"sync\"\nimport other \"example.com/q\"\nvar _ = &other.V\n"+decls+"//lockorder:order a < "+test.written+"\n")
			s := Read(w.fset, w.pkgs)
			noErrors(t, s)
			if len(s.Orders) != 1 || s.Orders[0].Locks[0] != "example.com/p.a" || s.Orders[0].Locks[1] != test.want {
				t.Errorf("got %v, want %s", s.Orders, test.want)
			}
		})
	}
}

func TestOrderNamesAPseudoLockOfTheModels(t *testing.T) {
	rows, err := model.Builtin(nil)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	w.add("runtime", "package runtime\nimport \"sync\"\nvar lock sync.Mutex\nfunc castogscanstatus(g *int) bool\n//lockorder:order lock < gscan\n")
	if s := Read(w.fset, w.pkgs); len(s.Errors) != 1 {
		t.Errorf("without the rows: %v", s.Errors)
	}
	s := Read(w.fset, w.pkgs, rows)
	noErrors(t, s)
	if s.Orders[0].Locks[1] != "runtime.gscan" {
		t.Errorf("got %v", s.Orders[0].Locks)
	}
}

func TestOrderOfARecursiveTypeEnds(t *testing.T) {
	if s := read(t, decls+"//lockorder:order a < l.mu"); len(s.Errors) != 1 {
		t.Errorf("got %v", s.Errors)
	}
}

func TestRename(t *testing.T) {
	w := newWorld(t)
	w.add("example.com/p", "package p\nimport \"sync\"\n"+decls+"//lockorder:order a < one.lock\n")
	s := Read(w.fset, w.pkgs)
	noErrors(t, s)
	const before, after = "example.com/p.one.lock", "example.com/p.solo.lock"
	if _, ok := s.Less("example.com/p.a", before); !ok {
		t.Fatalf("got %v", s.Orders)
	}
	names := lock.NewNames(nil)
	names.Allocated(w.pkgs[1].Types.Scope().Lookup("solo").Type())
	s.Rename(names)
	if _, ok := s.Less("example.com/p.a", after); !ok {
		t.Errorf("got %v, want %s: the type has other instances", s.Orders, after)
	}
}

func TestLess(t *testing.T) {
	s := read(t, decls+"//lockorder:order a < b < c\n\n//lockorder:order c < d\n")
	noErrors(t, s)
	const p = "example.com/p."
	for _, test := range []struct {
		name, a, b string
		order      int // -1: not less
	}{
		{"declared", "a", "b", 0},
		{"through_one_declaration", "a", "c", 0},
		{"through_two_declarations", "b", "d", 0},
		{"second_declaration", "c", "d", 1},
		{"greater", "b", "a", -1},
		{"itself", "a", "a", -1},
		{"undeclared", "a", "x", -1},
	} {
		t.Run(test.name, func(t *testing.T) {
			o, ok := s.Less(p+test.a, p+test.b)
			if ok != (test.order >= 0) || ok && o != &s.Orders[test.order] {
				t.Errorf("got %v %v, want order %d", o, ok, test.order)
			}
		})
	}
}

func TestContradictions(t *testing.T) {
	for _, test := range []struct{ name, orders, want string }{
		{"none", "a < b; b < c; a < c", ""},
		{"declared_twice", "a < b; a < b", ""},
		{"opposite", "a < b; b < a", "b < a contradicts a < b (example.com/p/a.go:22:1)"},
		{"through_others", "a < b; b < c; c < a", "c < a contradicts a < b (example.com/p/a.go:22:1), b < c (example.com/p/a.go:23:1)"},
		{"within_one", "a < b < a", "b < a contradicts a < b (example.com/p/a.go:22:1)"},
		{"itself", "a < a", "a < a: a lock does not come before itself"},
		{"each_once", "a < b; b < a; b < a", "b < a contradicts a < b (example.com/p/a.go:22:1); b < a contradicts a < b (example.com/p/a.go:22:1)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			body := decls
			for _, o := range strings.Split(test.orders, "; ") {
				body += "//lockorder:order " + o + "\n"
			}
			s := read(t, body)
			noErrors(t, s)
			var got []string
			for _, e := range s.Contradictions() {
				got = append(got, strings.ReplaceAll(e.Msg, "example.com/p.", ""))
			}
			if strings.Join(got, "; ") != test.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), test.want)
			}
		})
	}
}
