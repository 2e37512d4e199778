package lockorder

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
)

// collectRarely lets the heap grow to a fifth more than what loading took before
// the next collection, and to as many times what is live after that: loading
// has claimed the memory, and most of it is free now. Most programs are done by
// then. Where it would come to much more than loading took, collections come
// sooner. A GOGC or GOMEMLIMIT of the user's stands. It returns what puts things
// back.
func collectRarely() func() {
	limit := debug.SetMemoryLimit(-1)
	if os.Getenv("GOGC") != "" || limit != math.MaxInt64 {
		return func() {}
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	peak, live := peakBytes(), m.HeapAlloc
	goal := peak / 5 * 6
	if live == 0 || goal < 2*live {
		return func() {}
	}
	percent := debug.SetGCPercent(int((goal - live) * 100 / live))
	debug.SetMemoryLimit(int64(peak / 5 * 7))
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}
