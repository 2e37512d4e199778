package lock

// A Mode is how a lock is taken.
type Mode uint8

// The modes.
const (
	Exclusive Mode = iota // Lock
	Shared                // RLock
	Wait                  // waited for, and not held afterwards

	// What is waited for, and what ends the wait, of things that are not locks.
	Receive // from a channel; ended by Send and Close
	Send    // to a channel; ended by Receive
	Close   // of a channel
	Join    // WaitGroup.Wait; ended by Done
	Done
	Await // Cond.Wait; ended by Notify
	Notify
	Begin // what Done will end: WaitGroup.Add
)

// String returns the mode's name in reports: lock, rlock or wait.
func (m Mode) String() string {
	switch m {
	case Exclusive:
		return "lock"
	case Shared:
		return "rlock"
	}
	return "wait"
}

// Signals reports whether m is one of the modes that are no lock's.
func (m Mode) Signals() bool { return m > Wait }

// Ends reports whether the operation m ends a wait in mode w.
func (m Mode) Ends(w Mode) bool {
	switch w {
	case Receive:
		return m == Send || m == Close
	case Send:
		return m == Receive
	case Join:
		return m == Done
	case Await:
		return m == Notify
	}
	return false
}

// Conflicts reports whether one goroutine in mode m keeps out another that
// asks for the same instance in mode n. Two readers do not exclude each
// other; a waiter is kept out by whoever holds.
func (m Mode) Conflicts(n Mode) bool {
	return !(m == Shared && n == Shared)
}
