package report

import "testing"

func TestShortNames(t *testing.T) {
	n := newNames([]string{
		"runtime.sched.lock",
		"example.com/a/util.mu", "example.com/b/util.mu", // ambiguous
		"sync.Pool.mu", "example.com/sync.mu", // with the standard library's too
		"gopkg.in/yaml.v3.(*Decoder).mu", "github.com/nats-io/nats.go.Conn.mu",
		"example.com/app.(*List[example.com/item.T]).add$1",
		"example.com/app.Map[*].mu",
	})
	for name, want := range map[string]string{
		"runtime.sched.lock":                                "runtime.sched.lock",
		"example.com/a/util.mu":                             "example.com/a/util.mu",
		"example.com/sync.mu":                               "example.com/sync.mu",
		"sync.Pool.mu":                                      "sync.Pool.mu",
		"gopkg.in/yaml.v3.(*Decoder).mu":                    "yaml.v3.(*Decoder).mu",
		"github.com/nats-io/nats.go.Conn.mu":                "nats.go.Conn.mu",
		"example.com/app.(*List[example.com/item.T]).add$1": "app.(*List[item.T]).add$1",
		"example.com/app.Map[*].mu":                         "app.Map[*].mu",
	} {
		if got := n.short(name); got != want {
			t.Errorf("short(%s) = %s, want %s", name, got, want)
		}
	}
	if got, want := n.local("example.com/app.(*T).m", "example.com/app"), "(*T).m"; got != want {
		t.Errorf("local: %s, want %s", got, want)
	}
	if got, want := packageOf("gopkg.in/yaml.v3.(*Decoder).mu"), "gopkg.in/yaml.v3"; got != want {
		t.Errorf("packageOf: %s, want %s", got, want)
	}
	// Only names are shortened in prose, and the longer of two first.
	got := n.prose("read/write of example.com/app.Map[*].mu and/or example.com/app.Map", []string{"example.com/app.Map", "example.com/app.Map[*].mu"})
	if want := "read/write of app.Map[*].mu and/or app.Map"; got != want {
		t.Errorf("prose: %s, want %s", got, want)
	}
}
