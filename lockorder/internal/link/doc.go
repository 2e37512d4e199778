// Package link joins the summaries of functions into what the program does.
//
// It works in three passes.
//
// First, every function is walked (package flow) in the contexts in which it
// is called, callees before callers, on demand: a context binds the function
// values, nils and constants that a caller passes for parameters that matter.
// What a call does to the held set flows back to the caller; recursion starts
// from no effect and is repeated until nothing changes.
//
// Second, what each node acquires in all is closed over the strongly
// connected components of the node graph (Tarjan), bottom up: a bit set of
// lock classes, and for locks that the caller can name, their paths.
// Where a node has released a lock of its caller, what it takes meanwhile is
// kept apart, with the released lock.
//
// Third, every place where something is held yields edges to all that is
// acquired there. Call chains are not stored: the shortest one is searched
// when it is asked for, along nodes whose sets have the lock.
//
// A Program is one goroutine's, but for what runs beside: New, which only reads
// the SSA, beside whoever makes the call graph; from Connect on, who may change
// what (mods), which the walk waits for when it first asks; in Link, who runs
// each node (whoRuns), beside the second pass. Paths, names, models and their
// memos are never written beside the goroutine that has the Program.
//
// The package does not know how findings look.
package link
