// Package lockorder finds, from source, the ways in which a Go program can
// deadlock on its locks.
//
// [Run] reads the packages that a [Config] names and all that they import, and
// returns a [Report]: findings with their proof and, on request, the lock-order
// graph behind them. It runs nothing. It fails, rather than report on what it
// has not read, when a package does not load or does not type-check.
//
// # Locks
//
// A finding names lock classes: a class is what all instances of one
// declaration share. Its canonical name is import/path.Type.field[.field...],
// import/path.var[.field...], or import/path.Func.local. An embedded mutex has
// the name of its type (import/path.Type.Mutex), an element of a map or a slice
// is [*], and a lock that only a model knows has the model's name
// (runtime.gscan).
//
// A lock is held or taken in a mode: lock (alone), rlock (shared), or wait (who
// waits until nobody holds it, and does not hold it after).
//
// # Kinds
//
//	cycle   locks of two or more classes taken in opposite orders
//	relock  a lock taken again, same instance, by the goroutine that holds it
//	rlock   a read lock taken again by its holder, where a writer exists
//	peers   two instances of one class taken in no order
//	wait    a wait under a lock that the one waited for needs first
//	leak    a lock held on some return, released on the others
//	order   an edge against a declared order
//
// A cycle is over classes; a relock and an rlock need the same instance.
//
// # Confidence
//
// Every finding says how much it assumes, and [Finding.Reason] says what:
//
//	high    every call on the way is known
//	medium  a dynamic call has few possible targets, a waiting writer is
//	        needed, more than two goroutines must meet, only tests make an
//	        edge, or two goroutines of one kind must have locks in common
//	low     several calls have more than one possible target, or more than
//	        three goroutines must meet
//
// Config.Confidence is the least to report; its default is medium. No level
// means certain: a finding over classes assumes that the goroutines meet at the
// same instances, and a Go mutex has no owner that could be checked.
//
// # Exit status
//
// The command lockorder exits with 0 if nothing was found, or with -json; with
// 1 if the analysis could not be done; with 2 for wrong use; with 3 if there are
// findings.
//
// # Models
//
// What a lock operation does is not read off its body but off a row of a model:
//
//	"(*Mutex).Lock" = "acquires recv"
//	castogscanstatus = "acquires gscan(arg0) if result"
//	casgstatus = "waits gscan(arg0)"
//	systemstack = "calls arg0"
//
// The rows of the standard library and of the runtime, 1.8 to today, are built
// in. So are the assumptions, each with a name and a reason:
// Report.Assumptions lists those in force, and Config.Suspend does without some.
// Users write the same rows in a lockorder.toml ([DefaultConfigFile] documents
// it), or as //lockorder: comments above a function; //lockorder:ignore and
// //lockorder:order are policy.
//
// docs/how-it-works.md tells the method, and what it cannot see.
package lockorder
