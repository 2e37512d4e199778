package main

import (
	"encoding/json"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/lockorder/lockorder/lockorder"
)

// vetFlags are the flags of the vet protocol that take no value; go vet writes
// all others as -name=value, but those of the analyzer that are switches.
var vetFlags = []string{"-json", "-fix", "-diff"}

// vetProtocol reports whether the arguments are those of a build system that
// runs a vet tool: -V=full or -flags, to ask what it is, or flags and one
// configuration file of a package (golang.org/x/tools/go/analysis/unitchecker).
// A .cfg that is the value of a flag of ours, as in -config x.cfg, is none.
func vetProtocol(args []string) bool {
	if len(args) == 0 {
		return false
	}
	if len(args) == 1 && (args[0] == "-V=full" || args[0] == "-flags") {
		return true
	}
	last := len(args) - 1
	if strings.HasPrefix(args[last], "-") || !strings.HasSuffix(args[last], ".cfg") {
		return false
	}
	return !slices.ContainsFunc(args[:last], func(arg string) bool {
		return !slices.Contains(vetFlags, arg) && !strings.HasPrefix(arg, "-lockorder") && !(strings.HasPrefix(arg, "-") && strings.Contains(arg, "="))
	})
}

// vetMemory is up to where a vet process collects seldom: most are gone before
// they come there. The go command runs as many at a time as there are
// processors.
const vetMemory = 200 << 20

// runVet hands over to the vet protocol. It does not return.
func runVet() {
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(vetMemory)
	runtime.SetFinalizer(new(round), (*round).raise)
	unitchecker.Main(lockorder.NewAnalyzer(lockorder.Settings{FactsOnly: factsOnly(os.Args[len(os.Args)-1])}))
}

// factsOnly reports whether the build system asks for the facts of a package
// alone: then nothing that is reported of it is read. What is wrong with its
// file unitchecker says.
func factsOnly(config string) bool {
	data, err := os.ReadFile(config)
	if err != nil {
		return false
	}
	var c struct{ VetxOnly bool }
	return json.Unmarshal(data, &c) == nil && c.VetxOnly
}

// A round dies in each collection, and comes back.
type round [16]byte

// raise lifts the limit for a package that needs more: below what is in use,
// it would make the collector run without end.
func (r *round) raise() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() == metrics.KindUint64 {
		debug.SetMemoryLimit(max(vetMemory, int64(live[0].Value.Uint64())*5/4))
	}
	runtime.SetFinalizer(r, (*round).raise)
}
