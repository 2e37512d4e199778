package lockorder

import (
	"os"
	"runtime"
	"runtime/debug"
)

// collectRarely lets the heap grow again to nearly where it was at most before
// the next collection, and to as many times what is live after that: loading
// has claimed the memory, and most of it is free now. A GOGC of the user's
// stands. It returns what puts things back.
func collectRarely() func() {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	peak, live := peakBytes()/6*5, m.HeapAlloc
	if live == 0 || peak < 2*live {
		return func() {}
	}
	old := debug.SetGCPercent(int((peak - live) * 100 / live))
	return func() { debug.SetGCPercent(old) }
}
