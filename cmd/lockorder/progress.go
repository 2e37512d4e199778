package main

import (
	"fmt"
	"io"
)

// A progress shows the stages of the analysis on stderr: in place on a
// terminal, a line each with -v, and not at all in a file.
type progress struct {
	w       io.Writer
	lines   bool // a line each
	inPlace bool
	shown   bool
}

func (p *progress) stage(name string) {
	switch {
	case p.lines:
		fmt.Fprintf(p.w, "lockorder: %s\n", name)
	case p.inPlace:
		fmt.Fprintf(p.w, "\r\x1b[Klockorder: %s ...", name)
		p.shown = true
	}
}

// done clears the line for what follows.
func (p *progress) done() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}
