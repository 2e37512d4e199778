package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/lockorder/lockorder/lockorder"
)

// The scripts run two commands: lockorder is the real one; canned is the same
// with the analysis of cannedReport. The script command exits runs either and
// wants an exit status: exits 2 lockorder -nosuchflag.
func TestMain(m *testing.M) {
	if os.Getenv(asTool) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){
		"lockorder": main,
		"canned": func() {
			os.Exit(run(context.Background(), os.Args[1:], host{
				stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv,
				terminal: func(io.Writer) bool { return os.Getenv("TERMINAL") != "" },
				columns:  func(io.Writer) int { n, _ := strconv.Atoi(os.Getenv("COLUMNS")); return n },
				analyse:  cannedReport,
			}))
		},
	})
}

func TestScripts(t *testing.T) {
	report, err := filepath.Abs("internal/report/testdata/go18.json")
	if err != nil {
		t.Fatal(err)
	}
	cache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("REPORT", report)
			e.Setenv("GOCACHE", strings.TrimSpace(string(cache)))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits is exec with an exit status that is wanted.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits status command [args]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// cannedReport is an analysis that reads its report from the file $REPORT, or
// fails with $FAIL. It writes the configuration that it got to $CONFIG.
func cannedReport(_ context.Context, c lockorder.Config) (*lockorder.Report, error) {
	c.Progress("load")
	if file := os.Getenv("CONFIG"); file != "" {
		c.Progress = nil
		if err := os.WriteFile(file, fmt.Appendf(nil, "%+v\n", c), 0o644); err != nil {
			return nil, err
		}
	}
	if msg := os.Getenv("FAIL"); msg != "" {
		return nil, errors.New(msg)
	}
	data, err := os.ReadFile(os.Getenv("REPORT"))
	if err != nil {
		return nil, err
	}
	r := &lockorder.Report{Scope: lockorder.Scope{Kinds: c.Kinds, Confidence: cmp.Or(c.Confidence, lockorder.Medium)}}
	if len(c.Kinds) == 0 {
		r.Scope.Kinds = lockorder.Kinds
	}
	return r, json.Unmarshal(data, r)
}
