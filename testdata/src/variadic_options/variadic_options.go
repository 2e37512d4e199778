// Package variadic_options: options given as a slice of functions are applied
// under a lock.
package variadic_options

import "sync"

type Option func(*Agent)

type Agent struct {
	mu    sync.Mutex
	rate  int
	board *Board
}

type Board struct {
	mu     sync.Mutex
	agents int
}

func (a *Agent) Apply(opts ...Option) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, o := range opts {
		o(a) // want cycle: Agent.mu Board.mu
	}
}

func Listed(a *Agent) {
	a.board.mu.Lock()
	defer a.board.mu.Unlock()
	a.board.agents++
}

func List(a *Agent) { a.Apply(Listed) }

func (b *Board) Reset(a *Agent) {
	b.mu.Lock()
	defer b.mu.Unlock()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.rate = 0
}
