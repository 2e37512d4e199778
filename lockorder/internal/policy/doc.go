// Package policy reads what the //lockorder: comments of a program say about
// its locks: which findings are known and accepted, in which order locks are
// meant to be taken, and what functions do whose bodies do not show it.
//
//	//lockorder:ignore KIND REASON      accepts the findings of the line: of its own line, if code
//	                                    stands before it, or else of the line below its comment
//	//lockorder:order A < B [< C …]     A is never taken under B, nor B under C
//	//lockorder:acquires LOCK …         and every other clause of package model, in the comment above
//	                                    a function or an interface method; a line is a clause or several
//
// KIND is one of Kinds, or all. A, B and C are canonical names, or names that
// hold in the file: Type.field, var, var.field, pkg.Type.field. As with any
// directive of Go, nothing stands between the slashes and the word, and a
// comment that ends in " // more" says no more to the tool.
//
// In come parsed and type-checked packages, with their comments; out comes a
// Set, with an error for every comment that says nothing, so that a slip of
// the pen cannot pass for a policy. The package knows nothing of findings but
// their kind and lines, and nothing of the lock graph.
package policy
