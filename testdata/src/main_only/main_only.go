// Command main_only: both orders occur in the main goroutine only.
package main

import "sync"

// want nothing

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
	out.mu.Lock()
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
	go func() {
		in.mu.Lock()
		defer in.mu.Unlock()
		in.n++
	}()
	read(in, out)
	write(in, out)
}
