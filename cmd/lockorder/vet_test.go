package main

import (
	"os"
	"path/filepath"
	"testing"
)

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

func TestFactsOnly(t *testing.T) {
	file := filepath.Join(t.TempDir(), "vet.cfg")
	for text, want := range map[string]bool{`{"VetxOnly": true}`: true, `{"VetxOnly": false}`: false, `{}`: false, `{`: false} {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := factsOnly(file); got != want {
			t.Errorf("%s: %t, want %t", text, got, want)
		}
	}
	if factsOnly("-V=full") {
		t.Error("a flag is taken for a file")
	}
}
