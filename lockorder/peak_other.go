//go:build !linux

package lockorder

import "runtime"

// peakBytes approximates the high-water mark by what the Go runtime has
// obtained from the system.
func peakBytes() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys
}
