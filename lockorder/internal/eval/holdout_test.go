package main

import (
	"bytes"
	"context"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lockorder/lockorder/lockorder"
)

func TestHoldoutList(t *testing.T) {
	repairs, err := readRepairs(holdoutList)
	if err != nil {
		t.Fatal(err)
	}
	kinds := make(map[lockorder.Kind]int)
	for _, r := range repairs {
		if !slices.Contains(lockorder.Kinds, lockorder.Kind(r.kind)) {
			t.Errorf("%s %s has the kind %q", r.repo, r.commit, r.kind)
		}
		kinds[lockorder.Kind(r.kind)]++
	}
	for _, k := range []lockorder.Kind{lockorder.Cycle, lockorder.Relock, lockorder.RLock, lockorder.Peers, lockorder.Wait, lockorder.Leak} {
		if kinds[k] == 0 {
			t.Errorf("the list has no %s", k)
		}
	}
	if _, err := readRepairs("a/b\t.\tc0ffee\tcycle\n"); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("a line of four columns: %v", err)
	}
}

func TestHunks(t *testing.T) {
	got := hunks(`diff --git a/x.go b/x.go
--- a/x.go
+++ b/x.go
@@ -3 +3 @@ func f() {
-	a()
+	b()
@@ -10,2 +10 @@ func g() {
@@ -20,0 +19,4 @@
--- /dev/null
+++ b/new.go
@@ -0,0 +1,9 @@
--- a/x_test.go
+++ b/x_test.go
@@ -1 +1 @@
`)
	if want := []span{{3, 3}, {10, 11}, {20, 21}}; len(got) != 1 || !slices.Equal(got["x.go"], want) {
		t.Errorf("hunks() = %v, want x.go: %v", slices.Collect(maps.Keys(got)), want)
	}
}

// The clone has two commits: the second takes the second lock out of f.
func TestHoldout(t *testing.T) {
	clones := t.TempDir()
	clone := filepath.Join(clones, "own", "repo")
	if err := os.MkdirAll(clone, 0o777); err != nil {
		t.Fatal(err)
	}
	git := func(args ...string) string {
		cmd := exec.Command("git", append([]string{"-C", clone, "-c", "user.name=n", "-c", "user.email=e@example.com"}, args...)...)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	git("init", "-q")
	const buggy = "package p\n\nfunc f() {\n\ta()\n\tb()\n}\n\nfunc g() {}\n"
	for _, src := range []string{buggy, strings.Replace(buggy, "\tb()\n", "", 1)} {
		if err := os.WriteFile(filepath.Join(clone, "p.go"), []byte(src), 0o666); err != nil {
			t.Fatal(err)
		}
		git("add", ".")
		git("commit", "-q", "-m", "c")
	}
	fix := git("rev-parse", "HEAD")

	at := func(id string, line int) lockorder.Finding {
		return lockorder.Finding{ID: id, Kind: lockorder.Relock, Locks: []string{"example.com/p.T.mu"}, Pos: lockorder.Pos{File: "p.go", Line: line}}
	}
	tests := []struct {
		name        string
		buggy, left []lockorder.Finding
		lock, miss  string
		ok          bool
		want        string
	}{
		{"found", []lockorder.Finding{at("LO-1", 8), at("LO-2", 4)}, []lockorder.Finding{at("LO-1", 7)}, "T.mu", "", true, "LO-2 | silent"},
		{"still told", []lockorder.Finding{at("LO-2", 4)}, []lockorder.Finding{at("LO-2", 4)}, "T.mu", "", true, "LO-2 | still told"},
		{"elsewhere", []lockorder.Finding{at("LO-1", 8)}, nil, "T.mu", "", false, "0 of 1 found"},
		{"another lock", []lockorder.Finding{at("LO-1", 4)}, nil, "U.mu", "", false, "0 of 1 found"},
		{"known miss", nil, nil, "T.mu", "beyond us", true, "beyond us"},
		{"no more a miss", []lockorder.Finding{at("LO-1", 4)}, nil, "T.mu", "beyond us", false, "1 not as the list says"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			b := &bench{out: &out, log: &bytes.Buffer{}, vars: map[string]string{"LOCKORDER_CLONES": clones}}
			b.analyse = func(_ context.Context, c call) (*outcome, error) {
				findings := test.left
				if src, err := os.ReadFile(filepath.Join(c.dir, "p.go")); err != nil {
					return nil, err
				} else if string(src) == buggy {
					findings = test.buggy
				}
				return &outcome{&lockorder.Report{Findings: findings}, c.dir, 1}, nil
			}
			list := strings.Join([]string{"own/repo", ".", fix, "relock", test.lock, test.miss}, "\t") + "\nno/clone\t.\tc0ffee\tcycle\tA.mu\t\n"
			ok, err := measureRepairs(t.Context(), b, list)
			if err != nil || ok != test.ok || !strings.Contains(out.String(), test.want) || !strings.Contains(out.String(), "1 without a clone") {
				t.Errorf("measureRepairs() = %v, %v; want %v and %q in\n%s", ok, err, test.ok, test.want, out.String())
			}
		})
	}
}
