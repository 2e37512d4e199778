package main

import (
	"context"
	"io"
	"os"
	"os/signal"

	"github.com/mattn/go-isatty"
	"golang.org/x/term"

	"github.com/lockorder/lockorder/lockorder"
)

func main() {
	if vetProtocol(os.Args[1:]) {
		runVet()
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // a second interrupt ends the process as usual
	os.Exit(run(ctx, os.Args[1:], host{
		stdout:   os.Stdout,
		stderr:   os.Stderr,
		getenv:   os.Getenv,
		terminal: terminal,
		columns:  columns,
		analyse:  lockorder.Run,
	}))
}

// terminal reports whether w is one.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// columns is the width of the terminal w.
func columns(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil {
			return width
		}
	}
	return 0
}
