// Package beside runs a piece of work beside another.
package beside

// Begin begins f in a goroutine of its own, and returns what waits for it to
// end. A panic in f is that of who waits. What f writes nobody else may look
// at meanwhile; what both read, nobody may write.
func Begin(f func()) (wait func()) {
	ended := make(chan any, 1)
	go func() {
		defer func() { ended <- recover() }()
		f()
	}()
	return func() {
		if r := <-ended; r != nil {
			panic(r)
		}
	}
}
