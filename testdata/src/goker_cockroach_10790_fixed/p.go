// Package goker_cockroach_10790_fixed: the channel of the answers has room for
// all of them, so that nobody waits when the context ends first.
package goker_cockroach_10790_fixed

import "context"

// want nothing

func begin(ctx context.Context, cmds []int) int {
	answers := make(chan int, len(cmds))
	for _, c := range cmds {
		go func() { answers <- c * c }()
	}
	sum := 0
	for range cmds {
		select {
		case a := <-answers:
			sum += a
		case <-ctx.Done():
			return sum
		}
	}
	return sum
}

func Run(ctx context.Context) int { return begin(ctx, []int{1, 2, 3}) }
