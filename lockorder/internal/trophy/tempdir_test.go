package trophy

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// inChild names, in the environment of the child, the deadlock to meet.
const inChild = "LOCKORDER_TROPHY"

// TempDir keeps its lock when Stat fails: LO-ba005db4.
func TestTempDir(t *testing.T) {
	if os.Getenv(inChild) == "tempdir" {
		meetTempDir(t)
		return
	}
	out := runUntilTimeout(t, "tempdir")
	for _, want := range []string{"test timed out", "sync.(*Mutex).Lock", "testing.(*common).TempDir"} {
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("no %q in what the child said:\n%s", want, out)
		}
	}
}

// meetTempDir takes away the directory under the test's own, so that Stat fails
// with ENOTDIR, and asks for another.
func meetTempDir(t *testing.T) {
	base := filepath.Join(os.Getenv("LOCKORDER_TROPHY_DIR"), "base")
	if err := os.Mkdir(base, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOTMPDIR", base)
	t.Cleanup(func() { t.TempDir() })
	t.TempDir()
	if err := os.RemoveAll(base); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(base, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	t.TempDir()
}

// runUntilTimeout runs this test in a child until the watchdog of the testing
// package ends it, and returns what the child wrote. The time matters only for
// how long the child is given to arrive.
func runUntilTimeout(t *testing.T, what string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.timeout=10s")
	cmd.Env = append(os.Environ(), inChild+"="+what, "LOCKORDER_TROPHY_DIR="+t.TempDir())
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Fatalf("the child came to its end: the deadlock is mended?\n%s", out)
	}
	return out
}
