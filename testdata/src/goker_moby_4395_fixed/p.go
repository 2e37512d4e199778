// Package goker_moby_4395_fixed: the channel that is returned has room for the
// error.
package goker_moby_4395_fixed

// want nothing

func Go(f func() error) <-chan error {
	ch := make(chan error, 1)
	go func() { ch <- f() }()
	return ch
}
