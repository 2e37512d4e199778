// Package goker_moby_33293_fixed: the channel has room for the error of who
// returns at once.
package goker_moby_33293_fixed

import "errors"

// want nothing

func wait(ok bool) <-chan error {
	errs := make(chan error, 1)
	if !ok {
		errs <- errors.New("no such container")
		return errs
	}
	go func() { errs <- nil }()
	return errs
}

func Wait(ok bool) error { return <-wait(ok) }
