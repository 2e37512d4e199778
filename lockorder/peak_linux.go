package lockorder

import "syscall"

// peakBytes is the high-water mark of the resident set.
func peakBytes() uint64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return uint64(u.Maxrss) * 1024
}
