package main

import (
	"runtime/debug"
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

// vetMemory is from where on a vet process collects harder: the go command
// runs as many at a time as there are processors.
const vetMemory = 200 << 20

// runVet hands over to the vet protocol. It does not return.
func runVet() {
	debug.SetMemoryLimit(vetMemory)
	unitchecker.Main(lockorder.Analyzer)
}
