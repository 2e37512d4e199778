// Package load turns a configuration into type-checked packages and SSA.
//
// In comes a Config: patterns, a folder, build tags, and perhaps a foreign Go
// tree (GOROOT) of any age from 1.8 on. Out goes a Program: every package
// that the patterns reach, from source, in an order that depends on nothing
// but the input; then, on request, the SSA of all of it. Packages refuses, with
// positions and advice, rather than return a program that was read in part.
//
// Files are parsed in parallel, so a token.Pos orders positions of one file
// only: to order across files, compare what Program.Position gives. A foreign
// tree is read through a temporary folder that is gone when Packages returns;
// all file names are those of the user's tree.
//
// It must not know of locks, models or findings.
package load
