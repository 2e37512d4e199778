package model

import (
	"strings"
	"testing"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

func TestBuiltinParses(t *testing.T) {
	s, err := Builtin(nil)
	if err != nil {
		t.Fatal(err)
	}
	m := s.Lookup("runtime.castogscanstatus")
	if m == nil {
		t.Fatal("no model of castogscanstatus")
	}
	c := m.Clauses[0]
	if c.Verb != Acquires || c.Expr.Pseudo != "runtime.gscan" || c.Expr.Operand != Arg || c.If == nil || !c.If.Want {
		t.Errorf("castogscanstatus: %+v", c)
	}
	if c := s.Lookup("(*sync.RWMutex).RLock").Clauses[0]; c.Mode != lock.Shared || c.Expr.Index != 0 {
		t.Errorf("RLock: %+v", c)
	}
	if c := s.Lookup("runtime.gopark").Clauses[0]; len(c.Args) != 2 || c.Args[1].Index != 1 {
		t.Errorf("gopark: %+v", c)
	}
	if c := s.Lookup("(*sync.Once).Do").Clauses[0]; c.Expr.Index != 1 || c.Holding == nil {
		t.Errorf("Do: %+v", c)
	}
}

func TestParseErrors(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"aquires recv", `unknown verb "aquires"`},
		{"acquires", "want a lock"},
		{"acquires recv shred", `unexpected "shred"`},
		{"acquires recv if arg0", "after if"},
		{"calls f", "want recv, argN or resultN"},
	} {
		_, err := Parse("p", "(*T).m", test.text)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: error %v, want %q", test.text, err, test.want)
		}
	}
}

func TestSuspendUnknown(t *testing.T) {
	if _, err := Builtin([]string{"nonsense"}); err == nil || !strings.Contains(err.Error(), "unset") {
		t.Errorf("error %v does not list the assumptions", err)
	}
}
