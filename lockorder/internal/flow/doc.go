// Package flow turns the SSA of one function into its summary: what it
// acquires and with what held, whom it calls and with what held, and what it
// leaves held or has released when it returns.
//
// The method is property simulation (Das, Lerner, Seigle: ESP, PLDI 2002).
// The property of a path is what it holds, has released of its caller's, and
// has deferred. Paths with one property are merged, and what they know of
// branch conditions is intersected; paths with different properties are kept
// apart, with what they know. So
//
//	if c { mu.Lock() } … if c { mu.Unlock() }
//
// is two properties between the branches and one after them, without the
// number of paths growing with the number of branches. When a block sees more
// than maxStates properties they are joined into one that holds only what
// all of them hold: the join fails towards silence, and is counted.
//
// A summary is relative to the function's entry: it speaks of parameters,
// free variables, globals and results (see lock.Path), and the caller
// substitutes. Function values are followed as values (Value.Fn): a call of a
// parameter is resolved in the context in which the caller binds it.
//
// The package does not know the bodies of other functions: a Host resolves
// callees and tells their Effects.
package flow
