// Package two takes B, then A.
package two

import "example.com/testdata/cross_siblings/locks"

func BA() {
	locks.B.Lock()
	defer locks.B.Unlock()
	locks.A.Lock()
	defer locks.A.Unlock()
}
