// Package one takes A, then B.
package one

import "example.com/testdata/cross_siblings/locks"

func AB() {
	locks.A.Lock()
	defer locks.A.Unlock()
	locks.B.Lock()
	defer locks.B.Unlock()
}
