// Package goker_grpc_660_fixed: the workers send with a way out.
package goker_grpc_660_fixed

// want nothing

type Bench struct{ stop chan struct{} }

func New() *Bench { return &Bench{stop: make(chan struct{})} }

func (b *Bench) Run(n int) (did int) {
	done := make(chan int)
	for i := range n {
		go func() {
			select {
			case done <- i:
			case <-b.stop:
			}
		}()
	}
	for range n {
		select {
		case <-done:
			did++
		case <-b.stop:
			return did
		}
	}
	return did
}

func (b *Bench) Stop() { close(b.stop) }
