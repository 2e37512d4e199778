// Package goker_cockroach_2448_fixed: the callback of an event goes into a
// channel with room, and is dropped when there is none.
package goker_cockroach_2448_fixed

// want nothing

type MultiRaft struct {
	events    chan int
	callbacks chan func()
}

func New() *MultiRaft {
	return &MultiRaft{events: make(chan int, 16), callbacks: make(chan func(), 16)}
}

func (m *MultiRaft) Run(commits <-chan int) {
	for {
		select {
		case c := <-commits:
			select {
			case m.events <- c:
			default:
			}
		case f := <-m.callbacks:
			f()
		}
	}
}

func (m *MultiRaft) Process() {
	for e := range m.events {
		select {
		case m.callbacks <- func() { println(e) }:
		default:
		}
	}
}
