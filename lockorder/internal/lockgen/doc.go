// Package lockgen makes small Go programs whose locking is known, to test the
// engine against: soundness (no lock order missed) as much as precision.
//
// In comes a seed; out come the program's Go source ([Program.Source]) and
// what its locks do on every path ([Observe]). Both are read off one AST of
// our own, which has only what the oracle can run: concrete objects, bounded
// loops, conditions that are opaque or correlated. The oracle is a plain
// interpreter that enumerates paths; it shares no code and no idea with the
// engine, which is why the two may be compared.
//
// The package must not know the engine, SSA or the report's types. What a
// disagreement means is the test's affair (lockorder/fuzz_test.go).
package lockgen
