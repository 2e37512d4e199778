package policy

import (
	"testing"

	"github.com/lockorder/lockorder/lockorder/internal/model"
)

func TestClausesOfAFunction(t *testing.T) {
	for _, test := range []struct{ name, body, fn string }{
		{"function", "//lockorder:acquires arg0\nfunc f(m *sync.Mutex) {}", "example.com/p.f"},
		{"function_without_body", "//lockorder:acquires arg0\nfunc f(m *sync.Mutex)", "example.com/p.f"},
		{"pointer_method", "type T struct{ mu sync.Mutex }\n//lockorder:acquires recv.mu\nfunc (*T) f() {}", "(*example.com/p.T).f"},
		{"value_method", "type T struct{ mu *sync.Mutex }\n//lockorder:acquires recv.mu\nfunc (t T) f() {}", "(example.com/p.T).f"},
		{"generic_method", "type T[K comparable, V any] struct{ mu sync.Mutex }\n//lockorder:acquires recv.mu\nfunc (*T[A, B]) f() {}", "(*example.com/p.T[A, B]).f"},
		{"generic_function", "//lockorder:acquires arg0\nfunc f[T any](m *T) {}", "example.com/p.f"},
		{"interface_method", "type I interface {\n\t// Lock locks.\n\t//\n\t//lockorder:acquires recv\n\tLock()\n}", "(example.com/p.I).Lock"},
		{"promoted_field", "type B struct{ mu sync.Mutex }\ntype T struct{ *B }\n//lockorder:acquires recv.mu\nfunc (T) f() {}", "(example.com/p.T).f"},
		{"init", "//lockorder:acquires hook\nfunc init() {}", "example.com/p.init"},
		{"remark", "//lockorder:acquires arg0 // it does\nfunc f(m *sync.Mutex) {}", "example.com/p.f"},
		{"variadic", "//lockorder:acquires arg0\nfunc f(m ...sync.Locker) {}", "example.com/p.f"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			w.pkgs = nil
			w.add("sync", "package sync\ntype Mutex struct{ state int }\ntype Locker interface{ Lock() }\n")
			w.add("example.com/p", "package p; import \"sync\"; var _ sync.Mutex\n"+test.body)
			s := Read(w.fset, w.pkgs)
			noErrors(t, s)
			if len(s.Models) != 1 || s.Models[0].Func != test.fn || !s.Models[0].Does(model.Acquires) {
				t.Fatalf("got %+v, want %s", s.Models, test.fn)
			}
		})
	}
}

func TestSeveralLinesMakeOneModel(t *testing.T) {
	s := read(t, "// casg waits.\n//\n//lockorder:waits scan(arg0)\n//lockorder:acquires scan(arg0) if result; calls arg1\n//go:noinline\nfunc casg(g *int, f func()) bool")
	noErrors(t, s)
	if len(s.Models) != 1 || len(s.Models[0].Clauses) != 3 {
		t.Fatalf("got %+v", s.Models)
	}
	m := s.Models[0]
	if e := m.Clauses[1].Expr; e.Pseudo != "example.com/p.scan" || e.Operand != model.Arg {
		t.Errorf("pseudo lock %+v", e)
	}
	if m.Where != "example.com/p/a.go:4:1" {
		t.Errorf("where: %s", m.Where)
	}
}

func TestReceiverIsRecv(t *testing.T) {
	s := read(t, "type T struct{ mu sync.Mutex }\n//lockorder:acquires recv.mu\n//lockorder:releases arg0\nfunc (*T) f(m *sync.Mutex) {}")
	noErrors(t, s)
	c := s.Models[0].Clauses
	if c[0].Expr.Index != 0 || c[1].Expr.Index != 1 {
		t.Errorf("recv is argument %d, arg0 is argument %d", c[0].Expr.Index, c[1].Expr.Index)
	}
}

func TestClauseNamesAVariable(t *testing.T) {
	s := read(t, "type schedt struct{ lock sync.Mutex }\nvar sched schedt\n//lockorder:acquires sched.lock\nfunc lockSched()")
	noErrors(t, s)
	if got := s.Models[0].Clauses[0].Expr.Pseudo; got != "example.com/p.sched.lock" {
		t.Errorf("got %s", got)
	}
}
