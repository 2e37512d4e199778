package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/lockorder/lockorder/lockorder"
)

// A call is one run of the tool, in dir, with variables added to the
// environment. args are flags and patterns after -json.
type call struct {
	dir  string
	env  []string
	args []string
}

// An outcome is what a call gave.
type outcome struct {
	report  *lockorder.Report
	dir     string  // the report's relative files are below it
	seconds float64 // wall clock
}

// analyse runs the tool.
type analyse func(context.Context, call) (*outcome, error)

// A tool is a lockorder binary.
type tool struct {
	path    string
	timeout time.Duration
}

// newTool takes the given binary or, when there is none, builds one that clean
// removes.
func newTool(ctx context.Context, binary string, timeout time.Duration) (t *tool, clean func(), err error) {
	clean = func() {}
	if binary != "" {
		path, err := exec.LookPath(binary)
		if err == nil {
			path, err = filepath.Abs(path)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("-lockorder: %w", err)
		}
		return &tool{path, timeout}, clean, nil
	}
	dir, err := os.MkdirTemp("", "lockorder-eval-")
	if err != nil {
		return nil, nil, err
	}
	clean = func() { os.RemoveAll(dir) }
	path := filepath.Join(dir, "lockorder")
	build := exec.CommandContext(ctx, "go", "build", "-o", path, "github.com/lockorder/lockorder/cmd/lockorder")
	if out, err := build.CombinedOutput(); err != nil {
		clean()
		return nil, nil, fmt.Errorf("build cmd/lockorder (or give a binary with -lockorder): %w\n%s", err, out)
	}
	return &tool{path, timeout}, clean, nil
}

func (t *tool) analyse(ctx context.Context, c call) (*outcome, error) {
	ctx, cancel := context.WithTimeout(ctx, t.timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, t.path, append([]string{"-json"}, c.args...)...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), c.env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	start := time.Now()
	err := cmd.Run()
	seconds := time.Since(start).Seconds()
	if ctx.Err() != nil {
		return nil, fmt.Errorf("stopped after %.0f s: %w", seconds, ctx.Err())
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, firstLines(stderr.String(), 5))
	}
	r, err := decode(stdout.Bytes())
	if err != nil {
		return nil, err
	}
	return &outcome{r, c.dir, seconds}, nil
}

// decode reads a report; it refuses a schema that it does not know.
func decode(data []byte) (*lockorder.Report, error) {
	r := new(lockorder.Report)
	if err := json.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("read the report: %w", err)
	}
	if r.Schema != lockorder.Schema {
		return nil, fmt.Errorf("the report has schema %d, this program knows %d", r.Schema, lockorder.Schema)
	}
	return r, nil
}

// measure runs the tool for the row name and tells log how it went.
func (b *bench) measure(ctx context.Context, name string, c call) (*outcome, error) {
	o, err := b.analyse(ctx, c)
	if err != nil {
		fmt.Fprintf(b.log, "%s: %v\n", name, err)
		return nil, err
	}
	fmt.Fprintf(b.log, "%s: %.1f s, %s\n", name, o.seconds, byKind(o.report.Findings))
	return o, nil
}

// firstLines shortens what a program wrote to stderr.
func firstLines(s string, n int) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	if len(lines) > n {
		lines = append(lines[:n], "...")
	}
	return strings.Join(lines, "\n")
}

// brief is an error in a table's cell.
func brief(err error) string { return "not analysed: " + firstLines(err.Error(), 1) }
