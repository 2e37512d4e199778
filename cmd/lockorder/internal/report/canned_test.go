package report

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/lockorder/lockorder/lockorder"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// golden compares got with testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// at is a position in the runtime of Go 1.8.
func at(fn, file string, line, column int) lockorder.Pos {
	return lockorder.Pos{File: "src/runtime/" + file, Line: line, Column: column, Func: "runtime." + fn}
}

func frame(fn, file string, line, column int, via string) lockorder.Frame {
	return lockorder.Frame{Func: "runtime." + fn, Pos: at(fn, file, line, column), Via: via}
}

// go18 is golang.org/issue/19112 as the analysis of the Go 1.8 runtime ought
// to report it; the positions are those of src/runtime at go1.8rc3.
func go18() lockorder.Finding {
	inject := lockorder.Edge{
		Held: "runtime.sched.lock", HeldMode: "lock", Acquired: "runtime.gscan", AcquiredMode: "wait",
		Function:   "runtime.injectglist",
		HeldAt:     at("injectglist", "proc.go", 2156, 2),
		AcquiredAt: at("casgstatus", "proc.go", 772, 15),
		Path: []lockorder.Frame{
			frame("injectglist", "proc.go", 2161, 3, "call"),
			frame("casgstatus", "proc.go", 772, 15, "model"),
		},
	}
	scan := lockorder.Edge{
		Held: "runtime.gscan", HeldMode: "lock", Acquired: "runtime.sched.lock", AcquiredMode: "lock",
		Function: "runtime.scang",
		HeldAt:   at("castogscanstatus", "proc.go", 736, 11),
		HeldPath: []lockorder.Frame{
			frame("scang", "proc.go", 864, 7, "call"),
			frame("castogscanstatus", "proc.go", 736, 11, "model"),
		},
		AcquiredAt: at("startm", "proc.go", 1675, 2),
		Path: []lockorder.Frame{
			frame("scang", "proc.go", 866, 6, "call"),
			frame("scanstack", "mgcmark.go", 842, 2, "call"),
			frame("gentraceback", "traceback.go", 378, 8, "func"),
			frame("scanstack$1", "mgcmark.go", 819, 3, "call"),
			frame("scanframeworker", "mgcmark.go", 904, 3, "call"),
			frame("scanblock", "mgcmark.go", 1221, 7, "call"),
			frame("greyobject", "mgcmark.go", 1412, 3, "call"),
			frame("(*gcWork).put", "mgcwork.go", 127, 3, "call"),
			frame("(*gcControllerState).enlistWorker", "mgc.go", 632, 3, "call"),
			frame("wakep", "proc.go", 1780, 2, "call"),
			frame("startm", "proc.go", 1675, 2, "call"),
		},
	}
	return lockorder.Finding{
		ID: "LO-5f0c9a1be2d7", Kind: lockorder.Cycle, Confidence: lockorder.High,
		Reason:  "every call of both chains is static or bound to the one function that is passed",
		Message: "runtime.sched.lock and runtime.gscan are taken in opposite orders",
		Locks:   []string{"runtime.sched.lock", "runtime.gscan"},
		Pos:     at("injectglist", "proc.go", 2161, 3),
		Edges:   []lockorder.Edge{inject, scan},
		Cut: []lockorder.Cut{
			{Caller: "runtime.(*gcControllerState).enlistWorker", Callee: "runtime.wakep",
				Pos: at("(*gcControllerState).enlistWorker", "mgc.go", 632, 3), Breaks: 134, Of: 135},
			{Caller: "runtime.injectglist", Callee: "runtime.casgstatus",
				Pos: at("injectglist", "proc.go", 2161, 3), Breaks: 9, Of: 135},
		},
	}
}

func canned(findings ...lockorder.Finding) *lockorder.Report {
	return &lockorder.Report{
		Schema:   lockorder.Schema,
		Tool:     lockorder.Tool{Name: "lockorder", Version: "v0.0.0-test"},
		Findings: findings,
		Stats: lockorder.Stats{Packages: 12, Functions: 3456, Instructions: 98765, Locks: 40, Edges: 61,
			LoadSeconds: 1.25, PeakBytes: 300 << 20},
	}
}
