package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"time"

	"github.com/lockorder/lockorder/lockorder/internal/trophy"
)

// A reproduction is a test that hangs: where its two goroutines are to stand.
type reproduction struct {
	finding string
	test    string
	sites   [2]site
}

// natsTrophies are the findings of docs/trophies.md in nats-server.
var natsTrophies = []reproduction{
	{"LO-98358090", "TestReloadDebug", [2]site{
		{at: "server.(*Server).reloadDebugRaftNodes", under: "server.TestReloadDebug.func2"},
		{at: "server.(*Server).unregisterRaftNode", under: "server.(*raft).run"},
	}},
	{"LO-6bc3e1f7", "TestResources", [2]site{
		{at: "server.(*consumer).cleanupNoInterestMessages", under: "server.(*jetStream).processClusterCreateConsumer"},
		{at: "server.(*Server).resourcesExceededError", under: "server.(*stream).processJetStreamMsgWithBatch"},
	}},
	{"LO-a22afaad", "TestPinnedCerts", [2]site{
		{at: "crypto/tls.(*Conn).ConnectionState", under: "server.(*Server).recheckPinnedCerts"},
		{at: "server.(*Server).sendOCSPPeerChainlinkInvalidEvent", under: "crypto/tls.(*Conn).handshakeContext"},
	}},
	{"LO-d60c85c8", "TestAccountRenewed", [2]site{
		{at: "server.(*raft).Current", under: "server.(*jetStreamCluster).isStreamCurrent"},
		{at: "server.(*Account).UpdateJetStreamLimits", under: "server.(*raft).RecreateInternalSubs"},
	}},
	{"LO-e9819a49", "TestAccountWithoutJetStream", [2]site{
		{at: "server.(*raft).Peers", under: "server.(*Server).JetStreamSnapshotStream"},
		{at: "server.(*stream).stop", under: "server.(*raft).RecreateInternalSubs"},
	}},
	{"LO-c21c4107", "TestAccountWithoutConsumer", [2]site{
		{at: "server.(*raft).StepDown", under: "server.(*consumer).stopWithFlags"},
		{at: "server.(*consumer).isClosed", under: "server.(*raft).RecreateInternalSubs"},
	}},
	{"LO-f94dd58e", "TestLeafList", [2]site{
		{at: "server.(*Account).updateRemoteServer", under: "server.TestLeafList"},
		{at: "server.(*Account).updateLeafNodesEx", under: "server.TestLeafList.func4"},
	}},
}

// giveUp is how long a reproduction may take to come to its deadlock.
const giveUp = 3 * time.Minute

// trophies makes the deadlocks of nats-server happen. It accepts when all hang.
func trophies(ctx context.Context, b *bench) (bool, error) {
	tree, err := b.tree("nats")
	if err != nil {
		return false, err
	}
	work, err := os.MkdirTemp("", "lockorder-trophies-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(work)
	binary, err := buildTrophies(ctx, tree, work)
	if err != nil {
		return false, err
	}
	t := newTable("finding", "test", "hung", "one goroutine", "the other")
	hung, asked := 0, 0
	for _, r := range natsTrophies {
		if !b.wants(r.finding) {
			continue
		}
		asked++
		start := time.Now()
		where, err := reproduce(ctx, binary, work, r)
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if err != nil {
			fmt.Fprintf(b.log, "%s: %v\n", r.finding, err)
			t.add(r.finding, r.test, "no", firstLines(err.Error(), 1), "")
			continue
		}
		hung++
		fmt.Fprintf(b.log, "%s: hung, seen after %.0f s\n", r.finding, time.Since(start).Seconds())
		t.add(r.finding, r.test, "yes", where[0], where[1])
	}
	fmt.Fprintf(b.out, "## Trophies\n\n")
	t.print(b.out)
	acceptance(b.out, "trophies", hung == asked, fmt.Sprintf("%d of %d hung", hung, asked))
	return hung == asked, nil
}

// buildTrophies builds the tests of package server with ours in place of the
// tree's own. The tree is not written.
func buildTrophies(ctx context.Context, tree, work string) (binary string, err error) {
	replace, err := overlay(filepath.Join(tree, "server"), work)
	if err != nil {
		return "", err
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	file := filepath.Join(work, "overlay.json")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		return "", err
	}
	binary = filepath.Join(work, "trophies.test")
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-overlay", file, "-o", binary, "./server")
	cmd.Dir = tree
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the tests: %w\n%s", err, firstLines(string(out), 10))
	}
	return binary, nil
}

// overlay writes our tests into work and returns what go's -overlay is to
// replace in dir: ours are added, and its own tests left out, since they take
// minutes to compile and have a TestMain too.
func overlay(dir, work string) (map[string]string, error) {
	replace := make(map[string]string)
	own, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		return nil, err
	}
	for _, name := range own {
		replace[name] = ""
	}
	ours, err := fs.Glob(trophy.Nats, "testdata/nats/*_test.go")
	if err != nil {
		return nil, err
	}
	for _, name := range ours {
		data, err := trophy.Nats.ReadFile(name)
		if err != nil {
			return nil, err
		}
		copied := filepath.Join(work, path.Base(name))
		if err := os.WriteFile(copied, data, 0o666); err != nil {
			return nil, err
		}
		replace[filepath.Join(dir, "lockorder_"+path.Base(name))] = copied
	}
	return replace, nil
}

// reproduce runs the test until it hangs, and ends it.
func reproduce(ctx context.Context, binary, work string, r reproduction) (where [2]string, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	tmp, err := os.MkdirTemp(work, "run-")
	if err != nil {
		return where, err
	}
	stderr, w, err := os.Pipe()
	if err != nil {
		return where, err
	}
	defer stderr.Close()
	cmd := exec.CommandContext(ctx, binary, "-test.run=^"+r.test+"$", "-test.timeout="+giveUp.String())
	cmd.Dir = tmp
	cmd.Env = append(os.Environ(), "TMPDIR="+tmp)
	cmd.Stderr = w
	err = cmd.Start()
	w.Close()
	if err != nil {
		return where, err
	}
	where, err = untilStill(stderr, r.sites)
	cancel()
	_ = cmd.Wait() // it was killed, or what untilStill says tells more
	return where, err
}

// untilStill reads the dumps that a reproduction writes, until two in turn have
// the goroutines at the sites.
func untilStill(stderr io.Reader, sites [2]site) (where [2]string, err error) {
	var last []goroutine
	for dump, err := range dumps(stderr) {
		if err != nil {
			return where, err
		}
		now := parseDump(dump)
		if pair, ok := still(last, now, sites); ok {
			return pair, nil
		}
		last = now
	}
	return where, fmt.Errorf("the test ended, or was ended after %v, and did not hang at the two sites", giveUp)
}
