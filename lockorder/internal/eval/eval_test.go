package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lockorder/lockorder/lockorder"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// golden compares got with testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", path, got, want)
	}
}

func readReport(t *testing.T, path ...string) *lockorder.Report {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(append([]string{"testdata"}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	r, err := decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// onTrees makes the named folders and returns a bench whose every call answers
// with the canned report that choose names, after two seconds.
func onTrees(t *testing.T, choose func(rel string, c call) string, trees ...string) (*bench, *bytes.Buffer) {
	t.Helper()
	root := t.TempDir()
	for _, tree := range trees {
		if err := os.MkdirAll(filepath.Join(root, tree), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	b := &bench{out: &out, log: &bytes.Buffer{}, vars: map[string]string{"LOCKORDER_TREES": root}}
	b.analyse = func(_ context.Context, c call) (*outcome, error) {
		rel, _ := filepath.Rel(root, c.dir)
		path := choose(filepath.ToSlash(rel), c)
		if _, err := os.Stat(filepath.Join("testdata", path)); err != nil {
			return nil, errors.New("exit status 1: load ./...: a.go:1:1: undefined: x\nmore")
		}
		return &outcome{readReport(t, path), c.dir, 2}, nil
	}
	return b, &out
}

func TestCorpus(t *testing.T) {
	var trees []string
	for _, id := range []string{"found", "one-edge", "elsewhere", "control", "ill-typed"} {
		trees = append(trees, "corpus/"+id+"/buggy/bank", "corpus/"+id+"/fixed/bank")
	}
	b, out := onTrees(t, func(rel string, c call) string {
		if got := strings.Join(append(c.env, c.args...), " "); got != "GOFLAGS=-mod=mod -graph ./..." {
			t.Errorf("%s: called with %s", rel, got)
		}
		parts := strings.Split(rel, "/") // corpus/ID/WHICH/bank
		return "corpus/" + parts[1] + "." + parts[2] + ".json"
	}, trees...)
	b.vars["LOCKORDER_CORPUS"] = "testdata/corpus/open.jsonl"
	ok, err := corpus(t.Context(), b)
	if ok || err != nil {
		t.Errorf("corpus() = %v, %v; want a failed acceptance", ok, err)
	}
	golden(t, "corpus.md", out.String())

	out.Reset()
	b.only = map[string]bool{"found": false, "control": false}
	if ok, err := corpus(t.Context(), b); !ok || err != nil {
		t.Errorf("corpus() of found and control = %v, %v\n%s", ok, err, out)
	}
}

func TestGo18(t *testing.T) {
	b, out := onTrees(t, func(_ string, c call) string {
		return "go18/" + filepath.Base(c.args[2]) + ".json" // -graph -goroot DIR runtime
	}, "go-before", "go-after", "go-mbefore", "go-mafter")
	ok, err := go18(t.Context(), b)
	if ok || err != nil {
		t.Errorf("go18() = %v, %v; want a failed acceptance", ok, err)
	}
	golden(t, "go18.md", out.String())

	b.only = map[string]bool{"go-before": false, "go-after": false}
	if ok, err := go18(t.Context(), b); !ok || err != nil {
		t.Errorf("go18() of the release branch = %v, %v\n%s", ok, err, out)
	}
}

func TestMissingTree(t *testing.T) {
	b, _ := onTrees(t, func(string, call) string { return "" })
	_, err := go18(t.Context(), b)
	if err == nil || !strings.Contains(err.Error(), "LOCKORDER_TREES must be a folder") {
		t.Errorf("go18() without trees: %v", err)
	}
}

func TestJudgeKernel(t *testing.T) {
	o := &outcome{report: readReport(t, "gobench", "report.json"), dir: "/scratch"}
	resource := kernelLabel{"Resource Deadlock", "AB-BA deadlock"}
	mixed := kernelLabel{"Mixed Deadlock", "Channel & Lock"}
	labels := map[string]kernelLabel{
		"cockroach_584": resource, "cockroach_10214": resource, "cockroach_7504": resource, "moby_4951": resource,
		"grpc_1460": mixed, "etcd_6873": mixed, "serving_2137": mixed,
		"moby_21233": {"Communication Deadlock", "Channel"}, "moby_4395": {"Communication Deadlock", "Channel"},
	}
	byKernel := make(map[string][]*lockorder.Finding)
	for i := range o.report.Findings {
		f := &o.report.Findings[i]
		id := kernelOf("/scratch", o, f, labels)
		byKernel[id] = append(byKernel[id], f)
	}
	var sum tally
	for _, tt := range []struct{ id, verdict, reported string }{
		{"cockroach_584", "ok", "relock `cockroach_584.Gossip.mu` 15>27; leak `cockroach_584.Gossip.mu` 27>30"},
		{"cockroach_10214", "ok", "cycle `cockroach_10214.Store.coalescedMu.Mutex cockroach_10214.Replica.raftMu` 30>51 58>83; " +
			"cycle `cockroach_10214.Replica.mu cockroach_10214.Store.coalescedMu.Mutex cockroach_10214.Replica.raftMu` 30>51 58>83"},
		{"cockroach_7504", "missed, false 1", "cycle `cockroach_7504.LeaseState.mu cockroach_7504.tableNameCache.mu` 58>91 75>84"},
		{"moby_4951", "missed", "wait `moby_4951.DeviceSet.Mutex` 28>55"},
		{"grpc_1460", "ok", "wait `grpc_1460.http2Client.mu` 31>33"},
		{"etcd_6873", "missed", ""},
		{"serving_2137", "ok", "wait `serving_2137.request.lock` 44>79"},
		{"moby_21233", "false 1", "wait `moby_21233.outer.mu` 61>64"},
		{"moby_4395", "ok", ""},
	} {
		v := judgeKernel(tt.id, labels[tt.id], byKernel[tt.id])
		sum.add(labels[tt.id], v)
		if v.String() != tt.verdict {
			t.Errorf("%s: %s, want %s", tt.id, v, tt.verdict)
		}
		if got := reported(byKernel[tt.id]); got != tt.reported {
			t.Errorf("%s reported as\n%s, want\n%s", tt.id, got, tt.reported)
		}
	}
	want := "2 of 4 resource deadlocks, 1 of 2 waits under a lock, 2 of 3 others silent, 2 false findings"
	if sum.String() != want {
		t.Errorf("sum is %s, want %s", sum.String(), want)
	}
}

func TestUnreadKernels(t *testing.T) {
	r := &lockorder.Report{NotAnalysed: []string{"net: assembly", "goker.example/etcd_7902: panic"}}
	if got := unreadKernels(r); len(got) != 1 || got[0] != "goker.example/etcd_7902: panic" {
		t.Errorf("unreadKernels() = %q", got)
	}
}

func TestKernelsAreWhole(t *testing.T) {
	kinds := " cycle relock rlock peers wait leak cycle|wait "
	for _, id := range sortedKeys(kernels) {
		for _, d := range append(kernels[id].want, kernels[id].may...) {
			if !strings.Contains(kinds, " "+d.kinds+" ") || d.locks == "" || d.lines == "" {
				t.Errorf("%s: not a defect: %+v", id, d)
			}
		}
	}
}

func TestNames(t *testing.T) {
	for _, tt := range []struct {
		got, want string
		same      bool
	}{
		{"database/sql.Tx.closemu", "database/sql.Tx.closemu", true},
		{"std.example/x/database/sql.Tx.closemu", "database/sql.Tx.closemu", true},
		{"std.example/mysql.Tx.closemu", "sql.Tx.closemu", false},
	} {
		if sameLock(tt.got, tt.want) != tt.same {
			t.Errorf("sameLock(%q, %q) = %v", tt.got, tt.want, !tt.same)
		}
	}
	for _, tt := range []struct {
		got, want string
		same      bool
	}{
		{"std.example/x/database/sql.(*Tx).Commit", "(*database/sql.Tx).Commit", true},
		{"ex.org/v2/server.(*Server).update$1", "(*ex/v2/server.Server).update$1", true},
		{"ex.org/v2/server.(*Server).update", "(*ex/v2/server.Server).update$1", false},
		{"ex.org/q.(*Queue[ex.org/q.T]).Pop", "(*q.Queue).Pop", true},
		{"runtime.(*gcControllerState).enlistWorker", "enlistWorker", true},
		{"runtime.wakep", "makep", false},
	} {
		if isFunc(tt.got, tt.want) != tt.same {
			t.Errorf("isFunc(%q, %q) = %v", tt.got, tt.want, !tt.same)
		}
	}
}

func TestPaths(t *testing.T) {
	chosen, err := choose([]string{"corpus", "go18"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = paths(chosen, func(v string) string { return map[string]string{"LOCKORDER_TREES": "testdata/none"}[v] })
	for _, want := range []string{"LOCKORDER_CORPUS is not set: subject corpus needs the path", "testdata/none: no such file"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("paths() = %v, want %q in it", err, want)
		}
	}
	if _, err := choose([]string{"go19"}); !errors.Is(err, errUsage) {
		t.Errorf("choose(go19) = %v", err)
	}
	if _, err := choose(nil); !errors.Is(err, errUsage) {
		t.Errorf("choose() = %v", err)
	}
}

func TestDecode(t *testing.T) {
	for _, data := range []string{`{"schema":2}`, `not json`} {
		if _, err := decode([]byte(data)); err == nil {
			t.Errorf("decode(%s) did not fail", data)
		}
	}
}
