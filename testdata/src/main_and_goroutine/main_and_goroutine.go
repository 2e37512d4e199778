// Command main_and_goroutine: the two orders occur in the main goroutine and
// in another.
package main

import "sync"

type Input struct {
	mu sync.Mutex
	n  int
}

type Output struct {
	mu sync.Mutex
	n  int
}

func read(in *Input, out *Output) {
	in.mu.Lock()
	defer in.mu.Unlock()
	out.mu.Lock() // want cycle: Input.mu Output.mu
	defer out.mu.Unlock()
	out.n = in.n
}

func write(in *Input, out *Output) {
	out.mu.Lock()
	defer out.mu.Unlock()
	in.mu.Lock()
	defer in.mu.Unlock()
	in.n = out.n
}

func main() {
	in, out := new(Input), new(Output)
	go write(in, out)
	read(in, out)
}
