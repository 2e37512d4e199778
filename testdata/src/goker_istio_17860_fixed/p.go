// Package goker_istio_17860_fixed: the status channel has room for the last
// status of each epoch.
package goker_istio_17860_fixed

// want nothing

func run(epochs int) int {
	status := make(chan int, epochs)
	for e := range epochs {
		go func() { status <- e }()
	}
	return <-status
}

func Run() int { return run(3) }
