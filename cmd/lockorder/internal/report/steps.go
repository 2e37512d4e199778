package report

import (
	"fmt"
	"unicode/utf8"
)

// steps writes what a goroutine does, a step a line: as a table if there is room
// for it, or else with the function only where it is not the one that the line
// before has called.
func (t *text) steps(list []step, fn shown) {
	rows := fold(list, t.o.Verbose)
	var wide, far, does int
	for _, s := range list {
		wide = max(wide, utf8.RuneCountInString(fn(s.fn)))
		far = max(far, utf8.RuneCountInString(clean(s.pos.String())))
		does = max(does, utf8.RuneCountInString(t.does(s, false)))
	}
	if t.o.Columns > 0 && len("      ")+wide+2+far+2+does > t.o.Columns {
		t.narrow(rows, far, fn)
		return
	}
	for _, r := range rows {
		if r.folded > 0 {
			t.folded(r)
			continue
		}
		t.line("      %-*s  %-*s  %s", wide, fn(r.fn), far, clean(r.pos.String()), t.does(r.step, true))
	}
}

// narrow is the form for small terminals.
func (t *text) narrow(rows []row, far int, fn shown) {
	next := "" // the function that the line before has called
	for _, r := range rows {
		if r.folded > 0 {
			t.folded(r)
			next = ""
			continue
		}
		if r.fn != next {
			t.line("      %s", clean(fn(r.fn)))
		}
		t.line("        %-*s  %s", far, clean(r.pos.String()), t.does(r.step, true))
		next = r.calls
	}
}

func (t *text) folded(r row) {
	t.line("      %s", t.paint(dim, fmt.Sprintf("... %d calls more", r.folded)))
}

// does is what a step does, with a mark where the cut is.
func (t *text) does(s step, painted bool) string {
	const mark = "  <- the cut"
	switch {
	case !s.cut:
		return s.does
	case painted:
		return s.does + t.paint(green, mark)
	}
	return s.does + mark
}
