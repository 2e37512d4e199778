package config

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	kinds  = []string{"cycle", "relock", "rlock", "peers", "wait", "leak", "order"}
	levels = []string{"high", "medium", "low"}
)

func read(text string) (*File, error) { return Read("lockorder.toml", text, kinds, levels) }

// The file of -config-help says the defaults, and with every example in it
// uncommented it is still a file.
func TestDefault(t *testing.T) {
	f, err := read(Default)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(f.Kinds, kinds) || f.Confidence != "medium" || !slices.Equal(f.Roots, []string{"./..."}) || len(f.Exclude) != 0 {
		t.Errorf("defaults: %+v", f)
	}
	example := regexp.MustCompile(`(?m)^# ((?:\[|[a-z]+ +=|").*)$`)
	text := strings.Replace(Default, "exclude = []\n", "", 1)
	f, err = read(example.ReplaceAllString(text, "$1"))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Ignores) != 1 || len(f.Orders) != 1 || len(f.Rows) != 5 || len(f.Assume) != 1 || len(f.Exclude) != 2 {
		t.Errorf("examples: %d ignores, %d orders, %d rows, %d assumptions, %d excluded",
			len(f.Ignores), len(f.Orders), len(f.Rows), len(f.Assume), len(f.Exclude))
	}
	for _, key := range keysOf(reflect.TypeFor[document]()) {
		if !regexp.MustCompile(`(?m)^(# )?\[*` + key + `\b`).MatchString(Default) {
			t.Errorf("the key %s is not documented", key)
		}
	}
}

func TestEntriesKnowTheirLines(t *testing.T) {
	f, err := read("kinds = [\"leak\"]\nexclude = [\"./gen/...\"]\n\n[[ignore]]\nfunc = \"f\"\nreason = \"r\"\n" +
		"\n[[ignore]]\nid = \"LO-1\"\nreason = \"r\"\n\n[[order]]\nlocks = [\"a.b\",\n  \"a.c\"]\n\n[model.'a/b']\n# what\n'(*T).m' = 'noreturn'\n")
	if err != nil {
		t.Fatal(err)
	}
	got := []int{f.Exclude[0].Pos.Line, f.Ignores[0].Pos.Line, f.Ignores[1].Pos.Line, f.Orders[0].Pos.Line, f.Rows[0].Pos.Line}
	if want := []int{2, 4, 8, 13, 18}; !slices.Equal(got, want) {
		t.Errorf("lines %v, want %v", got, want)
	}
	if r := f.Rows[0]; r.Package != "a/b" || r.Func != "(*T).m" || r.Model.Func != "(*a/b.T).m" || r.Model.Where != "lockorder.toml:18" {
		t.Errorf("row %+v of %+v", r, r.Model)
	}
}

func TestErrors(t *testing.T) {
	const ignoreKeys = "kind, id, locks, func, reason"
	for _, c := range []struct{ text, want string }{
		{"kind = ['leak']", "lockorder.toml:1: unknown key kind at the top; there are roots, exclude, kinds, confidence, ignore, order, model, assume"},
		{"\n[[ignore]]\nlock = 'a'\n[odd]\nx = 1", "lockorder.toml:3: unknown key lock in ignore; there are " + ignoreKeys + "\nlockorder.toml:4: unknown key odd at the top; there are "},
		{"['example.com/locks']\nf = 'noreturn'", `lockorder.toml:1: unknown key example.com/locks at the top; there are roots, exclude, kinds, confidence, ignore, order, model, assume; the rows of a package's model stand in [model."example.com/locks"]`},
		{"kinds = 3", "lockorder.toml:1: kinds: want a list of strings"},
		{"kinds = [3]", "lockorder.toml:1: kinds: want a list of strings"},
		{"ignore = 'x'", "lockorder.toml:1: ignore: want tables, [[ignore]]"},
		{"[[ignore]]\nlocks = 'x'", "lockorder.toml:2: ignore.locks: want a list of strings"},
		{"[model.'a']\nf = 1", "lockorder.toml:2: model.a.f: want a string"},
		{"\nconfidence = \"low\nx = 1", "lockorder.toml:2:18: basic strings cannot have new lines"},
		{"kinds", "lockorder.toml:1:5: expected '=' after key"},
		{"kinds = ['circle']", `lockorder.toml:1: kinds: unknown kind "circle"; the kinds are cycle, `},
		{"kinds = []", "lockorder.toml:1: kinds: the list is empty; the kinds are cycle"},
		{"roots = []", "lockorder.toml:1: roots: the list is empty; without the key it is ./..."},
		{"exclude = ['']", "lockorder.toml:1: exclude: a pattern is empty"},
		{"confidence = 'sure'", `lockorder.toml:1: confidence: unknown level "sure"; the levels are high, medium, low`},
		{"[[ignore]]\nkind = 'circle'\nid = 'x'\nreason = 'r'", `lockorder.toml:2: ignore: unknown kind "circle"; the kinds are `},
		{"[[ignore]]\nreason = 'r'", "lockorder.toml:1: ignore: it would ignore everything; give it an id, locks or a func"},
		{"[[ignore]]\nid = 'x'", "lockorder.toml:1: ignore: it needs a reason"},
		{"[[ignore]]\nid = 'x'\nreason = ' '", "lockorder.toml:3: ignore: it needs a reason"},
		{"[[ignore]]\nlocks = ['']\nreason = 'r'", "lockorder.toml:2: ignore: a lock has no name"},
		{"[[order]]\nlocks = ['a']", "lockorder.toml:2: order: want two locks or more, outermost first"},
		{"[[order]]\n", "lockorder.toml:1: order: want two locks or more"},
		{"[model.'a']\nf = 'aquires recv'", `lockorder.toml:2: model: a.f: "aquires recv": unknown verb "aquires"`},
		{"[[assume]]\nid = 'x'", "lockorder.toml:1: assume: it needs an id and a reason"},
		{"[[assume]]\nlock = 'x'", "lockorder.toml:2: unknown key lock in assume; there are id, package, unset, zero"},
	} {
		if _, err := read(c.text); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q:\n got %v\nwant %s", c.text, err, c.want)
		}
	}
}
