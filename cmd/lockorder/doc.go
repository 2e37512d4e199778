/*
Lockorder finds the ways in which a Go program can deadlock on its locks.

Usage:

	lockorder [flags] [packages]

It reads the packages and all that they import (default ./...) and reports locks
taken in opposite orders, locks taken twice, read locks taken again, locks left
held on a return, and waits under a lock that the one waited for needs first.
Each finding carries its proof: which function holds which lock, where it took
it, and through which calls it comes to the next.

The exit status is 0 if nothing was found, or with -json; 1 if the analysis
could not be done; 2 for wrong use; 3 if there are findings. The answers to -why,
-order, -assumptions and -write-baseline are no findings: they exit with 0. An
edge against the hierarchy of -order -check is one.

Findings can be accepted one by one, with a comment in the source

	//lockorder:ignore kind reason

or all at once, with a baseline that hides what is known:

	lockorder -baseline=lockorder.baseline -write-baseline
	lockorder -baseline=lockorder.baseline

The order in which a program takes its locks can be kept in a file, and held to:

	lockorder -order=markdown ./... >locks.md
	lockorder -order -check=locks.md ./...

What to analyse and to report, accepted findings, declared orders and models of
locks stand in lockorder.toml, beside go.mod; -config-help prints one.

For what a kind of finding means, with an example and how to mend it:

	lockorder -explain=cycle
*/
package main
