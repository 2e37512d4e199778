package main

import "testing"

func TestVetProtocol(t *testing.T) {
	for _, c := range []struct {
		args []string
		want bool
	}{
		{[]string{"-V=full"}, true},
		{[]string{"-flags"}, true},
		{[]string{"/tmp/go-build1/b001/vet.cfg"}, true},
		{[]string{"-json", "vet.cfg"}, true},
		{[]string{"-lockorder.proof", "vet.cfg"}, true},
		{[]string{"-confidence=low", "-fix", "-diff", "vet.cfg"}, true},
		{nil, false},
		{[]string{"./..."}, false},
		{[]string{"-config", "x.cfg"}, false},
		{[]string{"-config=x.cfg"}, false},
		{[]string{"-config=x.cfg", "./..."}, false},
		{[]string{"-V=full", "./..."}, false},
		{[]string{"-flags", "-json"}, false},
	} {
		if got := vetProtocol(c.args); got != c.want {
			t.Errorf("%q: %t, want %t", c.args, got, c.want)
		}
	}
}
