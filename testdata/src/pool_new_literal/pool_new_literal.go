// Package pool_new_literal: the New of a pool is set in a literal, and takes
// another lock than who asks holds; elsewhere the two are taken the other way
// round.
package pool_new_literal

import "sync"

var (
	countMu sync.Mutex
	count   int
	useMu   sync.Mutex

	pool = sync.Pool{New: func() any {
		countMu.Lock()
		defer countMu.Unlock()
		count++
		return new([]byte)
	}}
)

func Use() {
	useMu.Lock()
	defer useMu.Unlock()
	pool.Put(pool.Get()) // want cycle: countMu useMu
}

func Count() int {
	countMu.Lock()
	defer countMu.Unlock()
	useMu.Lock()
	defer useMu.Unlock()
	return count
}
