package lock

// A Mode is how a lock is taken.
type Mode uint8

// The modes.
const (
	Exclusive Mode = iota // Lock
	Shared                // RLock
	Wait                  // waited for, and not held afterwards
)

// String returns the mode's name in reports: lock, rlock or wait.
func (m Mode) String() string {
	return [...]string{"lock", "rlock", "wait"}[m]
}

// Conflicts reports whether one goroutine in mode m keeps out another that
// asks for the same instance in mode n. Two readers do not exclude each
// other; a waiter is kept out by whoever holds.
func (m Mode) Conflicts(n Mode) bool {
	return !(m == Shared && n == Shared)
}
