// Package config reads lockorder.toml: what to analyse, what to report, which
// findings are known, which orders are declared, and rows of models.
//
// In comes the text of a file; out comes a [File] in which every entry knows
// its line, or an error for everything in it that says nothing: an unknown key,
// an unknown word, a clause that cannot be read. [Default] is the documented
// file that lockorder -config-help prints; it is the reference of the format.
//
// The package knows models, for their language, and nothing of packages, locks
// and findings: whether a name exists is asked by who has the program.
package config
