package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A fence is a block of code of a page: what stands behind its backquotes, and
// the code.
type fence struct{ info, code string }

func fences(t *testing.T, page string) []fence {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", page))
	if err != nil {
		t.Fatal(err)
	}
	var list []fence
	for _, m := range regexp.MustCompile("(?ms)^```(.+?)\n(.*?)^```$").FindAllStringSubmatch(string(data), -1) {
		list = append(list, fence{m[1], m[2]})
	}
	if len(list) == 0 {
		t.Fatalf("%s has no code", page)
	}
	return list
}

// shell runs a command of a page; TestMain has put lockorder into its path.
func shell(t *testing.T, dir, command string) (out string, status int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "sh", "-c", command)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &stdout, &stderr
	err := cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		status = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	return stdout.String() + stderr.String(), status
}

// covered matches what a summary says of the extent of a run: it changes with
// each version of Go.
var covered = regexp.MustCompile(`\d+ locks?, \d+ edges? in \d+ packages?(, \d+ functions)?`)

// tutorialModule writes the files of the tutorial up to the first console that
// runs lockorder: the module with its deadlock.
func tutorialModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range fences(t, "tutorial.md") {
		if name, ok := strings.CutPrefix(f.info, "go "); ok {
			put(t, dir, name, f.code)
		} else if strings.Contains(f.code, "$ lockorder") {
			break
		}
	}
	return dir
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The tutorial does what it says: its files are written, its commands run in
// their order, and their output is what stands below them.
func TestTutorial(t *testing.T) {
	if testing.Short() {
		t.Skip("it analyses programs")
	}
	dir := t.TempDir()
	for _, f := range fences(t, "tutorial.md") {
		if _, name, ok := strings.Cut(f.info, " "); ok {
			put(t, dir, name, f.code)
			continue
		}
		if f.info != "console" || strings.Contains(f.code, "$ go install ") {
			continue
		}
		var got strings.Builder
		for line := range strings.Lines(f.code) {
			command, ok := strings.CutPrefix(line, "$ ")
			if !ok {
				continue
			}
			out, status := shell(t, dir, command)
			got.WriteString(line + out)
			if status != 0 {
				fmt.Fprintf(&got, "exit status %d\n", status)
			}
		}
		want := covered.ReplaceAllString(f.code, "...")
		if diff := cmp.Diff(want, covered.ReplaceAllString(got.String(), "...")); diff != "" {
			t.Fatalf("the tutorial (-want +got):\n%s", diff)
		}
	}
}

// The commands that the page on CI gives, and the hook's, find the deadlock of
// the tutorial's module; none of them is wrong use.
func TestCICommands(t *testing.T) {
	if testing.Short() {
		t.Skip("it analyses programs")
	}
	dir := tutorialModule(t)
	if out, status := shell(t, dir, "mkdir docs && lockorder -order=markdown >docs/locks.md"); status != 0 {
		t.Fatal(out)
	}
	var commands []string
	step := regexp.MustCompile(`(?m)^ *- (?:run: )?((?:lockorder|go vet) .*)$`)
	for _, f := range fences(t, "ci.md") {
		for _, m := range step.FindAllStringSubmatch(f.code, -1) {
			commands = append(commands, m[1])
		}
	}
	hook, err := os.ReadFile(filepath.Join("..", "..", ".pre-commit-hooks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	entry := regexp.MustCompile(`(?s)\n  entry: (\S+)\n  args: \[(.*?)\]\n`).FindSubmatch(hook)
	if entry == nil {
		t.Fatal("the hook has no entry")
	}
	commands = append(commands, string(entry[1])+" "+strings.ReplaceAll(string(entry[2]), ",", ""))
	want := map[string]int{"-order": 0, "go vet": 1} // go vet makes 1 of the tool's status
	for _, command := range commands {
		out, status := shell(t, dir, command)
		wanted := 3
		for part, s := range want {
			if strings.Contains(command, part) {
				wanted = s
			}
		}
		if status != wanted || !strings.Contains(out, "shop.Orders.mu") && wanted != 0 {
			t.Errorf("%s: exit status %d, want %d\n%s", command, status, wanted, out)
		}
	}
	if len(commands) < 5 {
		t.Errorf("only %d commands: %q", len(commands), commands)
	}
	if _, err := os.Stat(filepath.Join(dir, "lockorder.sarif")); err != nil {
		t.Error(err)
	}
	for _, f := range fences(t, "ci.md") {
		if command, ok := strings.CutPrefix(f.code, "$ "); ok {
			if out, status := shell(t, dir, command); status != 0 || !strings.Contains(out, "accepts 1 (0 before)") {
				t.Errorf("%s: exit status %d\n%s", command, status, out)
			}
		}
	}
}
