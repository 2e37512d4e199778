package report

import (
	"strings"
	"unicode"

	"github.com/lockorder/lockorder/lockorder"
)

// A color is the number of an ANSI display attribute.
type color string

const (
	bold   color = "1"
	dim    color = "2"
	red    color = "31"
	green  color = "32"
	yellow color = "33"
)

// colorOf marks confidence.
var colorOf = map[lockorder.Confidence]color{
	lockorder.High:   red,
	lockorder.Medium: yellow,
	lockorder.Low:    dim,
}

func (t *text) paint(c color, s string) string {
	if !t.o.Color || c == "" || s == "" {
		return s
	}
	return "\x1b[" + string(c) + "m" + s + "\x1b[0m"
}

// quote shows the source of an acquisition, if it can be had.
func (t *text) quote(pos lockorder.Pos) {
	if t.o.Source == nil || pos.Line == 0 {
		return
	}
	line := clean(strings.TrimSpace(t.o.Source(pos.File, pos.Line)))
	if line == "" {
		return
	}
	const indent = "        | "
	if room := t.o.Width - len(indent); t.o.Width > 0 && room > 3 && len([]rune(line)) > room {
		line = string([]rune(line)[:room-3]) + "..."
	}
	t.line("%s", t.paint(dim, indent+line))
}

// wrap writes a paragraph, broken at blanks to fit the width.
func (t *text) wrap(indent, paragraph string) {
	line := indent
	for _, word := range strings.Fields(clean(paragraph)) {
		if t.o.Width > 0 && len(line)+len(word) > t.o.Width && strings.TrimSpace(line) != "" {
			t.line("%s", line)
			line = indent
		}
		line += word + " "
	}
	t.line("%s", line)
}

// clean makes what comes from a file name or from source safe to print: an
// escape sequence in it must not reach the terminal, nor a line break the
// reader's tools.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case !unicode.IsPrint(r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
