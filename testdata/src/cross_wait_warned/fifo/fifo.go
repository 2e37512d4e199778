// Package fifo runs functions one after the other.
package fifo

// A Fifo is a goroutine.
type Fifo struct {
	work chan func()
	quit chan struct{}
	done chan struct{}
}

// New starts one.
func New() *Fifo {
	f := &Fifo{work: make(chan func()), quit: make(chan struct{}), done: make(chan struct{})}
	go f.run()
	return f
}

func (f *Fifo) run() {
	defer close(f.done)
	for {
		select {
		case do := <-f.work:
			do()
		case <-f.quit:
			return
		}
	}
}

// Do has a function called.
func (f *Fifo) Do(do func()) { f.work <- do }

// Stop waits for the last.
func (f *Fifo) Stop() {
	close(f.quit)
	<-f.done
}
