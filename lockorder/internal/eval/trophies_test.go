package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/lockorder/lockorder/lockorder/internal/trophy"
)

var bankSites = [2]site{
	{at: "bank.(*Ledger).post", under: "bank.(*Teller).pay"},
	{at: "bank.(*Teller).ask", under: "bank.(*Ledger).close"},
}

// bankDump is a dump of two goroutines that wait for each other.
const bankDump = `goroutine 1 [running]:
main.main()
	/src/main.go:9 +0x2a

goroutine 7 [sync.Mutex.Lock, 2 minutes]:
internal/sync.(*Mutex).Lock(...)
	/go/src/internal/sync/mutex.go:70
sync.(*Mutex).Lock(...)
	/go/src/sync/mutex.go:46
example.com/bank.(*Ledger).post(0xc000010010, {0xc000020020, 0x3})
	/src/bank/ledger.go:12 +0x1d
example.com/bank.(*Teller).pay(0xc000030030)
	/src/bank/teller.go:30 +0x2c
created by main.main in goroutine 1
	/src/main.go:7 +0x1f

goroutine 8 [sync.RWMutex.RLock]:
sync.(*RWMutex).RLock(...)
	/go/src/sync/rwmutex.go:74
example.com/bank.(*Teller).ask(0xc000030030)
	/src/bank/teller.go:41 +0x11
example.com/bank.(*Ledger).balance(...)
	/src/bank/ledger.go:20
example.com/bank.(*Ledger).close(0xc000010010)
	/src/bank/ledger.go:25 +0x33
created by main.main in goroutine 1
	/src/main.go:8 +0x2f
`

func marked(dumps ...string) string {
	var s strings.Builder
	for _, d := range dumps {
		s.WriteString("noise\n" + dumpBegin + "\n" + d + "\n" + dumpEnd + "\n")
	}
	return s.String()
}

func TestUntilStill(t *testing.T) {
	where, err := untilStill(strings.NewReader(marked("goroutine 1 [running]:\n", bankDump, bankDump)), bankSites)
	if err != nil {
		t.Fatal(err)
	}
	want := [2]string{
		"`bank.(*Ledger).post` ledger.go:12, below `bank.(*Teller).pay` teller.go:30",
		"`bank.(*Teller).ask` teller.go:41, below `bank.(*Ledger).close` ledger.go:25",
	}
	if where != want {
		t.Errorf("got %q, want %q", where, want)
	}
}

func TestUntilStillNot(t *testing.T) {
	replaced := func(old, with string) string { return strings.ReplaceAll(bankDump, old, with) }
	for name, text := range map[string]string{
		"seen once":              marked(bankDump),
		"seen twice, not in row": marked(bankDump, "goroutine 1 [running]:\n", bankDump),
		"another goroutine":      marked(bankDump, replaced("goroutine 8", "goroutine 9")),
		"cut off":                strings.TrimSuffix(marked(bankDump, bankDump), dumpEnd+"\n"),
		"not for a lock":         marked(replaced("sync.RWMutex.RLock]", "chan receive]"), replaced("sync.RWMutex.RLock]", "chan receive]")),
		"elsewhere":              marked(replaced("(*Teller).ask", "(*Teller).nod"), replaced("(*Teller).ask", "(*Teller).nod")),
		"called by another":      marked(replaced("(*Ledger).close", "(*Ledger).open"), replaced("(*Ledger).close", "(*Ledger).open")),
	} {
		if where, err := untilStill(strings.NewReader(text), bankSites); err == nil {
			t.Errorf("%s: hung at %q", name, where)
		}
	}
	broken := errors.New("broken pipe")
	if _, err := untilStill(iotest.ErrReader(broken), bankSites); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}

// Two goroutines that share no object belong to two servers of one process. A
// value that may be an old one says nothing.
func TestStillStrangers(t *testing.T) {
	for _, old := range []string{"0xc000050050", "0xc000030030?"} {
		text := strings.Replace(bankDump, "ask(0xc000030030)", "ask("+old+")", 1)
		text = strings.Replace(text, "close(0xc000010010)", "close(0xc000060060)", 1)
		gs := parseDump(text)
		if where, ok := still(gs, gs, bankSites); ok {
			t.Errorf("%s: hung at %q", old, where)
		}
	}
}

func TestOverlay(t *testing.T) {
	dir, work := t.TempDir(), t.TempDir()
	for _, name := range []string{"server.go", "own_test.go"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	replace, err := overlay(dir, work)
	if err != nil {
		t.Fatal(err)
	}
	if with, ok := replace[filepath.Join(dir, "own_test.go")]; !ok || with != "" {
		t.Errorf("own_test.go is not left out: %q", replace)
	}
	if _, ok := replace[filepath.Join(dir, "server.go")]; ok {
		t.Errorf("server.go is replaced: %q", replace)
	}
	if _, err := os.Stat(replace[filepath.Join(dir, "lockorder_watch_test.go")]); err != nil {
		t.Errorf("watch_test.go is not added: %v", err)
	}
}

// The rows and the tests in the files belong together.
func TestNatsTrophies(t *testing.T) {
	files, err := fs.Glob(trophy.Nats, "testdata/nats/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, name := range files {
		data, err := trophy.Nats.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, data...)
	}
	for _, r := range natsTrophies {
		if !bytes.Contains(all, []byte("// "+r.test+" is "+r.finding+".")) {
			t.Errorf("no test %s says that it is %s", r.test, r.finding)
		}
	}
	for _, mark := range []string{dumpBegin, dumpEnd} {
		if !bytes.Contains(all, []byte(`\n`+mark+`\n`)) {
			t.Errorf("no file writes the mark %q", mark)
		}
	}
}
