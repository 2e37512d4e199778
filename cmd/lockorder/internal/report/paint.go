package report

import (
	"fmt"
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

// around is how many lines before and after an acquisition a verbose text
// quotes.
const around = 2

// quote shows the source of an acquisition, if it can be had.
func (t *text) quote(pos lockorder.Pos) {
	if t.o.Source == nil || pos.Line == 0 || strings.TrimSpace(t.o.Source(pos.File, pos.Line)) == "" {
		return
	}
	if t.o.Verbose {
		t.excerpt(pos)
		return
	}
	t.line("%s", t.paint(dim, t.short("        | "+clean(strings.TrimSpace(t.o.Source(pos.File, pos.Line))))))
}

// excerpt quotes the lines around an acquisition, numbered, with their
// indentation to each other.
func (t *text) excerpt(pos lockorder.Pos) {
	first := max(1, pos.Line-around)
	var lines []string
	indent := -1
	for n := first; n <= pos.Line+around; n++ {
		line := strings.TrimRight(strings.ReplaceAll(t.o.Source(pos.File, n), "\t", "    "), " \r\n")
		lines = append(lines, line)
		if rest := strings.TrimLeft(line, " "); rest != "" && (indent < 0 || len(line)-len(rest) < indent) {
			indent = len(line) - len(rest)
		}
	}
	for i, line := range lines {
		mark, n := " ", first+i
		if n == pos.Line {
			mark = ">"
		}
		line = t.short(fmt.Sprintf("      %s %5d | %s", mark, n, clean(line[min(indent, len(line)):])))
		t.line("%s", t.paint(dim, strings.TrimRight(line, " ")))
	}
}

// short cuts a quote off at the width.
func (t *text) short(line string) string {
	runes := []rune(line)
	if room := t.o.Width; room > 20 && len(runes) > room {
		return string(runes[:room-3]) + "..."
	}
	return line
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
