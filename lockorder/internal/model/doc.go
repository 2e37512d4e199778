// Package model says which operations acquire, release, wait, never return or
// call through, where the body of a function does not say it, or says it in a
// way that no analysis should have to understand (the futex loop of a mutex).
//
// A model is a row: a function and what it does, in the language of doc
// comment below. The rows of the standard library and of the runtime stand in
// builtin/*.toml; users write them in the model tables of lockorder.toml, or as
// //lockorder: comments above a function of their own.
//
//	acquires LOCK [shared] [try] [reentrant] [sole] [as rank(argN)] [if COND]
//	releases LOCK [shared] [if COND]
//	waits LOCK                       waits until nobody holds LOCK, and does not hold it
//	calls FUNC[(ARG, …)] [holding LOCK] [detached]
//	                                 runs FUNC before it returns; _ is an unknown ARG;
//	                                 detached: goes on even if FUNC does not return
//	calls ARG.METHOD[|METHOD…] [within]
//	                                 runs the first METHOD that the value in ARG has; within:
//	                                 and of the values in it that it has none of, as encoders do
//	spawns FUNC                      runs FUNC in a goroutine of its own
//	yields LOCK [awaiting X]         releases LOCK while it waits, if it is held, until
//	                                 somebody notifies X
//	stores ARG in PLACE              ARG is put into PLACE, which is a field or variable
//	links FIELD to ARG               FIELD of the result is ARG
//	joins X; finishes X              waits until all have finished X; finishes X
//	begins X                         and what is begun by it is to be finished
//	notifies X                       ends the waits for X
//	spawns FUNC finishing X          and finishes X when FUNC ends
//	permits ARG                      its result is a semaphore of ARG permits; a clause with sole
//	                                 behind its LOCK holds for one of a single permit: a lock
//	formats ARG                      calls String, Error, Format and their like of the
//	                                 values in the variadic ARG
//	fails                            its result is an error that is not nil
//	body                             and what its body does
//	returns LOCK [shared]            its result is LOCK, or LOCK's read side
//	returns PLACE                    its (first) result is what was put into PLACE
//	noreturn                         ends the program, or panics
//	switches                         never returns here; another goroutine goes on
//	silent                           has no effect on locks
//
// LOCK is recv, argN or resultN with field selectors, or a pseudo lock: name,
// or name(LOCK) for one of each object. PLACE is an argument, for what keeps one
// value (an atomic.Pointer), or ARG[] or ARG[argN] for an element of it, that at
// the key argN (a sync.Map). FUNC is an argument. COND is result,
// resultN, or a field of one, with ! in front for its opposite; of an error, !
// says that there is none. Several
// clauses are separated by semicolons.
//
// Assumptions are rows too ([[assume]]): what rules paths out for a reason
// that the source does not show. Each has an id, by which it can be suspended.
//
// The package knows nothing of SSA and nothing of the lock graph.
package model
