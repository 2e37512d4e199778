// Package goker_cockroach_35931_fixed: each stream is told by a goroutine of
// its own.
package goker_cockroach_35931_fixed

// want nothing

type Flow struct{ inbound []chan int }

func (f *Flow) Cancel() {
	for _, in := range f.inbound {
		go func() { in <- -1 }()
	}
}

func (f *Flow) Process() {
	for _, in := range f.inbound {
		for n := range in {
			if n < 0 {
				break
			}
		}
	}
}
