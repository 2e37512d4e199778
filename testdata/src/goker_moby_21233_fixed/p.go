// Package goker_moby_21233_fixed: a newer progress takes the place of one that
// nobody has read.
package goker_moby_21233_fixed

// want nothing

type Transfer struct{ progress chan int }

func New() *Transfer { return &Transfer{progress: make(chan int, 1)} }

func (t *Transfer) Report(n int) {
	for {
		select {
		case t.progress <- n:
			return
		default:
		}
		select {
		case <-t.progress:
		default:
		}
	}
}

func (t *Transfer) Watch() (last int) {
	for n := range t.progress {
		last = n
	}
	return last
}
