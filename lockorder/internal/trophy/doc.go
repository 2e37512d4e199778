// Package trophy makes deadlocks happen that lockorder has found in programs
// as they are. Each test runs the way to the deadlock in a process of its own,
// under a watchdog, and wants the watchdog to bite: when it does not, the
// program has been mended, and docs/trophies.md should say so.
//
// Deadlocks of the standard library are tests of this package. Those of programs
// that CI does not have are data, and the subject trophies of
// lockorder/internal/eval is their watchdog.
package trophy
