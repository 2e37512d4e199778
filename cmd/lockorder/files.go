package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/lockorder/lockorder/cmd/lockorder/internal/report"
	"github.com/lockorder/lockorder/lockorder"
)

// An output is a format that goes into a file, beside what stdout shows.
type output struct {
	flag, usage string
	write       func(io.Writer, *lockorder.Report, sourceLine) error
	graph       bool // it shows the whole lock graph
}

// A sourceLine returns a line of source to quote, or "".
type sourceLine = func(file string, line int) string

// outputs is the table of those formats; a new one is a row.
var outputs = []output{
	{flag: "sarif", usage: "write the findings to `file` as SARIF, for code scanning", write: unquoted(report.SARIF)},
	{flag: "dot", usage: "write the lock graph to `file` for Graphviz", write: unquoted(report.DOT), graph: true},
	{flag: "html", usage: "write the findings and the lock graph to `file`, as a page that needs no network", write: report.HTML, graph: true},
}

// unquoted adapts a format that quotes no source.
func unquoted(write func(io.Writer, *lockorder.Report) error) func(io.Writer, *lockorder.Report, sourceLine) error {
	return func(w io.Writer, r *lockorder.Report, _ sourceLine) error { return write(w, r) }
}

// writeFile writes a file as a whole or not at all: into a temporary one beside
// it, which then takes its name. What is not a regular file, such as
// /dev/stdout, is written to as it is.
func writeFile(name string, write func(io.Writer) error) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("write %s: %w", name, err)
		}
	}()
	info, err := os.Stat(name)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return writeThrough(name, write)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	mode := fs.FileMode(0o644)
	if err == nil {
		mode = info.Mode().Perm()
		// A link stays one: what it points to is replaced.
		if name, err = filepath.EvalSymlinks(name); err != nil {
			return err
		}
	}
	return replaceFile(name, mode, write)
}

func writeThrough(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(buffered(f, write), f.Close())
}

func replaceFile(name string, mode fs.FileMode, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".lockorder-*")
	if err != nil {
		return err
	}
	err = errors.Join(buffered(f, write), f.Chmod(mode), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

func buffered(w io.Writer, write func(io.Writer) error) error {
	b := bufio.NewWriter(w)
	if err := write(b); err != nil {
		return err
	}
	return b.Flush()
}
