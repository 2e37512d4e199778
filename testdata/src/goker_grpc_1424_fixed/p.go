// Package goker_grpc_1424_fixed: the channel has room for the one answer, read
// or not.
package goker_grpc_1424_fixed

import "errors"

// want nothing

func dial(up bool) error {
	done := make(chan error, 1)
	go func() { done <- nil }()
	if !up {
		return errors.New("down")
	}
	return <-done
}

func Dial(up bool) error { return dial(up) }
