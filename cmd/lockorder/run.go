package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"

	"github.com/lockorder/lockorder/cmd/lockorder/internal/report"
	"github.com/lockorder/lockorder/lockorder"
)

// The exit statuses, which scripts rely on.
const (
	exitClean    = 0 // nothing found, or an answer that is no finding
	exitFailed   = 1 // the analysis could not be done, or its result not be written
	exitUsage    = 2 // wrong use
	exitFindings = 3
)

// A host is all that the command has of the world around it, so that a test can
// be the world.
type host struct {
	stdout, stderr io.Writer
	getenv         func(string) string
	terminal       func(io.Writer) bool
	columns        func(io.Writer) int // of a terminal; 0 if not known
	analyse        func(context.Context, lockorder.Config) (*lockorder.Report, error)
}

// run is the command: it returns the exit status.
func run(ctx context.Context, args []string, h host) int {
	o, err := parse(args)
	if err != nil {
		fmt.Fprintf(h.stderr, "lockorder: %v\nlockorder -help lists the flags\n", err)
		return exitUsage
	}
	out := bufio.NewWriter(h.stdout)
	status, err := h.serve(ctx, o, out)
	if flushed := out.Flush(); err == nil && flushed != nil {
		err, status = flushed, exitFailed
	}
	if err != nil {
		fmt.Fprintf(h.stderr, "lockorder: %v\n", err)
	}
	return status
}

// serve does what o asks. An error comes with its exit status.
func (h host) serve(ctx context.Context, o *options, out io.Writer) (int, error) {
	switch o.mode {
	case modeHelp:
		return status(help(out), exitClean)
	case modeVersion:
		_, err := fmt.Fprintln(out, version())
		return status(err, exitClean)
	case modeConfigHelp:
		_, err := io.WriteString(out, lockorder.DefaultConfigFile())
		return status(err, exitClean)
	case modeExplain:
		text, _ := report.Explain(o.explain) // parse has checked it
		_, err := io.WriteString(out, text)
		return status(err, exitClean)
	}
	stop, err := o.profiles.start()
	if err != nil {
		return exitFailed, err
	}
	r, err := h.report(ctx, o)
	if err = errors.Join(err, stop()); errors.As(err, new(*lockorder.UnknownAssumption)) {
		return exitUsage, fmt.Errorf("-suspend: %w", err)
	} else if err != nil {
		return exitFailed, err
	}
	return h.show(o, r, out)
}

// status is an exit status, unless there is an error.
func status(err error, ok int) (int, error) {
	if err != nil {
		return exitFailed, err
	}
	return ok, nil
}

// report runs the analysis, with its progress on stderr.
func (h host) report(ctx context.Context, o *options) (*lockorder.Report, error) {
	p := &progress{w: h.stderr, lines: o.verbose, inPlace: h.terminal(h.stderr) && h.getenv("TERM") != "dumb"}
	defer p.done()
	c := o.config
	c.Progress = p.stage
	c.Graph = o.needsGraph()
	r, err := h.analyse(ctx, c)
	if err == nil {
		err = ctx.Err()
	}
	if errors.Is(err, context.Canceled) {
		err = errors.New("interrupted")
	}
	return r, err
}

// needsGraph reports whether anything that o asks for shows the lock graph.
func (o *options) needsGraph() bool {
	need := o.graph || o.mode == modeWhy || o.mode == modeOrder
	for _, out := range outputs {
		need = need || out.graph && o.files[out.flag] != ""
	}
	return need
}

// show writes the files and what stdout is for. The baseline comes first: the
// files hold what the text does.
func (h host) show(o *options, all *lockorder.Report, out io.Writer) (int, error) {
	r := *all
	if o.baseline != nil && o.mode != modeWriteBaseline {
		var known []lockorder.Suppressed
		r.Findings, known = o.baseline.Split(all.Findings)
		r.Suppressed = slices.Concat(r.Suppressed, known)
		for _, e := range o.baseline.Stale(all.Findings, all.Scope) {
			fmt.Fprintf(h.stderr, "lockorder: %s: %s (%s) was not found in this run; -write-baseline drops it\n", o.baselineFile, e.ID, e.Reason)
		}
	}
	for _, format := range outputs {
		if name := o.files[format.flag]; name != "" {
			err := writeFile(name, func(w io.Writer) error { return format.write(w, &r, report.SourceDir(o.config.Dir)) })
			if err != nil {
				return exitFailed, err
			}
		}
	}
	for _, p := range r.Problems {
		fmt.Fprintf(h.stderr, "%s: %s\n", p.Pos, p.Message)
	}
	code, err := h.print(o, &r, out)
	if err == nil && code == exitClean && len(r.Problems) > 0 && o.mode == modeText {
		code = exitFindings
	}
	if o.verbose && err == nil {
		err = report.Cost(h.stderr, r.Stats)
	}
	return code, err
}

// print writes what the mode puts on stdout.
func (h host) print(o *options, r *lockorder.Report, out io.Writer) (int, error) {
	text := h.textOptions(o)
	switch o.mode {
	case modeJSON:
		if !o.graph {
			r.Graph = nil
		}
		return status(report.JSON(out, r), exitClean)
	case modeOrder:
		if o.kept != nil {
			return o.checkOrder(r, text, out)
		}
		return status(report.Order(out, r, o.order), exitClean)
	case modeAssumptions:
		return status(report.Assumptions(out, r), exitClean)
	case modeWriteBaseline:
		return status(h.writeBaseline(o, r), exitClean)
	case modeWhy:
		q, err := o.question.Resolve(r)
		if err != nil {
			return exitUsage, fmt.Errorf("-why: %w", err)
		}
		return status(report.Why(out, r, q, text), exitClean)
	}
	code := exitClean
	if len(r.Findings) > 0 {
		code = exitFindings
	}
	err := report.Text(out, r, text)
	if err == nil && o.github {
		err = h.tellGitHub(o, r, out)
	}
	return status(err, code)
}

// checkOrder compares the code with a kept order: what that forbids is found as
// findings are.
func (o *options) checkOrder(r *lockorder.Report, text report.TextOptions, out io.Writer) (int, error) {
	check, err := o.kept.Check(r)
	if err != nil {
		return exitUsage, fmt.Errorf("-check: %s: %w", o.keptFile, err)
	}
	code := exitClean
	if len(check.Violations) > 0 {
		code = exitFindings
	}
	return status(check.Write(out, o.keptFile, text), code)
}

// textOptions says how the text looks. It has colors, the time and the width
// of the window on a terminal only, and colors only if nobody objects
// (https://no-color.org): a file can be compared with one that was kept.
func (h host) textOptions(o *options) report.TextOptions {
	t := report.TextOptions{Width: textWidth, Verbose: o.verbose, Source: report.SourceDir(o.config.Dir)}
	if h.terminal(h.stdout) {
		t.Color = h.getenv("NO_COLOR") == "" && h.getenv("TERM") != "dumb"
		t.Time = true
		t.Columns = h.columns(h.stdout)
		if t.Columns > 0 {
			t.Width = min(t.Width, t.Columns)
		}
	}
	return t
}

// textWidth is where prose and quotes end, if the terminal is not narrower.
const textWidth = 110

func (h host) writeBaseline(o *options, r *lockorder.Report) error {
	next := o.baseline.Update(r.Findings, r.Scope)
	if err := writeFile(o.baselineFile, next.Write); err != nil {
		return err
	}
	fmt.Fprintf(h.stderr, "lockorder: %s accepts %d (%d before)\n", o.baselineFile, len(next), len(o.baseline))
	return nil
}

// version says which build this is, as the go command has stamped it.
func version() string {
	v := "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok {
		v = info.Main.Version
	}
	return fmt.Sprintf("lockorder %s %s %s/%s", v, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
