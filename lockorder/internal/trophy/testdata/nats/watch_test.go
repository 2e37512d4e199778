package server

import (
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"
)

// TestMain writes the stacks of all goroutines to stderr, over and over, each
// dump between two marks. Who started the process reads them, and ends it when
// two dumps say the same; -test.timeout ends it otherwise.
func TestMain(m *testing.M) {
	go func() {
		for {
			time.Sleep(5 * time.Second)
			fmt.Fprintf(os.Stderr, "\nlockorder: dump\n%s\nlockorder: end\n", stacks())
		}
	}()
	os.Exit(m.Run())
}

// stacks returns the stacks of all goroutines.
func stacks() []byte {
	buf := make([]byte, 16<<20)
	return buf[:runtime.Stack(buf, true)]
}
