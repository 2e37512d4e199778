package policy

import "testing"

func TestIgnoreLine(t *testing.T) {
	const r = "//lockorder:ignore leak why"
	for _, test := range []struct {
		name, body string
		want       int // the header of read is line 1
	}{
		{"behind_a_statement", "func f() {\n\tprintln() " + r + "\n}", 3},
		{"behind_an_opening_brace", "func f() { " + r + "\n}", 2},
		{"behind_a_closing_brace", "func f() {\n} " + r, 3},
		{"behind_else", "func f() {\n\tif true {\n\t} else { " + r + "\n\t}\n}", 4},
		{"behind_a_lone_parenthesis", "func f() {\n\tprintln(\n\t\t1,\n\t) " + r + "\n}", 5},
		{"behind_an_argument", "func f() {\n\tprintln(1, " + r + "\n\t\t2)\n}", 3},
		{"behind_a_case", "func f(x int) {\n\tswitch x {\n\tcase 1: " + r + "\n\t}\n}", 4},
		{"behind_a_field", "type T struct {\n\tmu sync.Mutex " + r + "\n}", 3},
		{"above_a_statement", "func f() {\n\t" + r + "\n\tprintln()\n}", 4},
		{"above_a_function", "// f does.\n//\n" + r + "\nfunc f() {}", 5},
		{"above_an_explanation", "func f() {\n\t" + r + "\n\t// and more\n\tprintln()\n}", 5},
		{"above_a_blank_line", "func f() {\n\t" + r + "\n\n\tprintln()\n}", 4},
		{"between_arguments", "func f() {\n\tprintln(1,\n\t\t" + r + "\n\t\t2)\n}", 5},
		{"in_an_empty_block", "func f() {\n\t" + r + "\n}", 4},
		{"at_the_end_of_the_file", r, 3},
		{"with_line_directives", "func f() {\n//line a.go:70\n\tprintln() " + r + "\n}", 70},
		{"above_with_line_directives", "//line a.go:70\nfunc f() {\n\t" + r + "\n\tprintln()\n}", 72},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := read(t, test.body)
			noErrors(t, s)
			if len(s.Ignores) != 1 || s.Ignores[0].Line != test.want {
				t.Errorf("got %+v, want line %d", s.Ignores[0], test.want)
			}
		})
	}
}

func TestIgnoreKeepsKindReasonAndPlace(t *testing.T) {
	s := read(t, "//lockorder:ignore\tcycle  see https://example.com/1 for why  // remark\n")
	noErrors(t, s)
	ig := s.Ignores[0]
	if ig.Kind != "cycle" || ig.Reason != "see https://example.com/1 for why" {
		t.Errorf("kind %q, reason %q", ig.Kind, ig.Reason)
	}
	if ig.File != "example.com/p/a.go" || ig.Pos.Line != 2 || ig.Pos.Column != 1 {
		t.Errorf("file %s at %v", ig.File, ig.Pos)
	}
}

func TestMatch(t *testing.T) {
	const file = "example.com/p/a.go"
	const body = "func f() {\n\tprintln() //lockorder:ignore leak a\n\t//lockorder:ignore all b\n\t//lockorder:ignore cycle c\n\tprintln()\n}"
	for _, test := range []struct {
		name, kind, file string
		lines            []int
		want             string
		idle             int
	}{
		{"kind_and_line", "leak", file, []int{3}, "a", 2},
		{"other_kind", "cycle", file, []int{3}, "", 3},
		{"other_line", "leak", file, []int{2}, "", 3},
		{"other_file", "leak", "example.com/p/b.go", []int{3}, "", 3},
		{"one_of_several_lines", "leak", file, []int{9, 3}, "a", 2},
		{"all", "wait", file, []int{6}, "b", 2},
		{"kind_before_all", "cycle", file, []int{6}, "c", 1},
		{"no_line", "leak", file, nil, "", 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := read(t, body)
			noErrors(t, s)
			got := ""
			if ig := s.Match(test.kind, test.file, test.lines...); ig != nil {
				got = ig.Reason
			}
			if got != test.want || len(s.Unused()) != test.idle {
				t.Errorf("matched %q, %d unused; want %q, %d", got, len(s.Unused()), test.want, test.idle)
			}
		})
	}
}
