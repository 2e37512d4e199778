package report

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/lockorder/lockorder/lockorder"
)

// program returns the example program of an explanation.
func program(t *testing.T, text string) string {
	t.Helper()
	_, code, ok := strings.Cut(text, "```go\n")
	code, _, closed := strings.Cut(code, "```\n")
	if !ok || !closed {
		t.Fatal("no program")
	}
	return code
}

// Each explanation promises a program that hangs: the Go runtime says so when
// no goroutine is left that could run.
func TestExamplesHang(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs a program for each kind")
	}
	for _, kind := range lockorder.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			text, _ := Explain(kind)
			file := filepath.Join(t.TempDir(), "main.go")
			if err := os.WriteFile(file, []byte(program(t, text)), 0o644); err != nil {
				t.Fatal(err)
			}
			out, err := exec.CommandContext(t.Context(), "go", "run", file).CombinedOutput()
			if err == nil || !strings.Contains(string(out), "all goroutines are asleep - deadlock!") {
				t.Errorf("it did not hang: %v\n%s", err, out)
			}
		})
	}
}

// The reports in the explanations name places of the program above them.
func TestExamplesPointIntoTheProgram(t *testing.T) {
	place := regexp.MustCompile(`main\.go:(\d+):(\d+)`)
	for _, kind := range lockorder.Kinds {
		text, _ := Explain(kind)
		lines := strings.Split(program(t, text), "\n")
		found := place.FindAllStringSubmatch(text, -1)
		if len(found) == 0 {
			t.Errorf("%s: the report names no place", kind)
		}
		for _, m := range found {
			line, _ := strconv.Atoi(m[1])
			column, _ := strconv.Atoi(m[2])
			if line > len(lines) || column > len(lines[line-1]) {
				t.Errorf("%s: %s is outside of the program", kind, m[0])
				continue
			}
			// A call's place is its parenthesis; a return's and a defer's their word.
			if rest := lines[line-1][column-1:]; rest[0] != '(' && !strings.HasPrefix(rest, "return") && !strings.HasPrefix(rest, "defer") {
				t.Errorf("%s: %s is %q", kind, m[0], rest)
			}
		}
	}
}

func TestExplanationsHaveTheSameParts(t *testing.T) {
	for _, kind := range lockorder.Kinds {
		text, ok := Explain(kind)
		if !ok || titles[kind] == "" || !strings.HasPrefix(text, "# "+string(kind)+": ") {
			t.Errorf("%s: no headline", kind)
		}
		for _, part := range []string{"## A program that hangs", "## How the report reads", "## How to mend it"} {
			if !strings.Contains(text, part+"\n") {
				t.Errorf("%s: no %q", kind, part)
			}
		}
	}
	if _, ok := Explain("deadlock"); ok {
		t.Error("a word that is no kind has an explanation")
	}
}
