package main

import (
	"context"
	"io"
	"os"
	"os/signal"

	"github.com/mattn/go-isatty"

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
		analyse:  lockorder.Run,
	}))
}

// terminal reports whether w is one.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}
